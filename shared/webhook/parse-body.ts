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

/** A number, or its decimal text: scripts that build JSON from environment variables send numbers in quotes. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, "must be a number")
    .transform(Number),
]);

/** A point in time as text, parsed to the format of all events: RFC 3339, UTC, milliseconds. */
export const pointInTime = z.string().transform((text, context) => {
  const time = toRfc3339(text);
  if (time !== null) return time;
  context.addIssue({ code: "custom", message: "must be a point in time as RFC 3339 writes it" });
  return z.NEVER;
});
