import { z } from "zod";
import { ApiError } from "./api-error.ts";

/**
 * A request's body, or a part of it, as its schema reads it.
 * @throws {ApiError} 400 that names the fields that are wrong
 */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ApiError(400, "invalid", z.prettifyError(parsed.error));
  return parsed.data;
}
