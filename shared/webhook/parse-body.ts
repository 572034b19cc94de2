import { z } from "zod";
import { toRfc3339 } from "../events/to-rfc3339.ts";
import { formatIssues } from "../format-issues.ts";
import { badRequest } from "./delivery.ts";

/**
 * Parses a sender's body with the schema of the fields that are read from it.
 *
 * @throws {HttpError} 400 naming up to five fields that do not match, and never their values
 */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw badRequest(`The body does not match this source's schema: ${formatIssues(parsed.error, 5)}`);
}

/**
 * An optional field. No decision depends on its presence, so a value that does not match is unknown: null, and never a reason to refuse a
 * delivery, which most senders do not send again.
 */
export function optional<S extends z.ZodType>(schema: S) {
  return schema.nullish().catch(null);
}

/** A number, or its decimal text: scripts that build JSON from environment variables send numbers in quotes. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, "must be a number")
    .transform(Number),
]);

/** An optional point in time: what `toRfc3339` reads, in its format. A value that it does not read is null. */
export const pointInTime = optional(z.union([z.string(), z.number()])).transform(toRfc3339);
