import { z } from "zod";

/** A number, or the text of one: scripts that build JSON from environment variables send numbers in quotes. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, "must be a number")
    .transform(Number),
]);
