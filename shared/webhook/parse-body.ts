import type { z } from "zod";
import { formatIssues } from "../format-issues.ts";
import { badRequest } from "./http-error.ts";

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
