import type { z } from "zod";
import { badRequest } from "./http-error.ts";

/**
 * Parses a sender's body with the schema of what is read from it.
 *
 * @throws {HttpError} 400 naming each field that does not fit, and never its value
 */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map((issue) => {
    const path = issue.path.join(".");
    return path ? `${path}: ${issue.message}` : issue.message;
  });
  throw badRequest(`The body does not have this source's shape: ${problems.join("; ")}`);
}
