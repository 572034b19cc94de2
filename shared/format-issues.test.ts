import { expect, it } from "vitest";
import { z } from "zod";
import { formatIssues } from "./format-issues.ts";

const schema = z.object({
  app: z.string(),
  number: z.union([z.int(), z.string().regex(/^\d+$/)]),
  status: z.enum(["0", "1"]),
  data: z.object({ done: z.boolean() }).optional(),
  user: z.string().max(3).nullish(),
  kind: z.enum(["a"], { error: "must be one of ours" }).optional(),
});
const valid = { app: "a", number: 1, status: "0" };

it.each([
  [{}, 'app is missing; number is missing; status must be "0" or "1"'],
  [{ ...valid, app: 5 }, "app must be a string"],
  [{ ...valid, number: null }, "number must be a number or a string"],
  [{ ...valid, number: 1.5 }, "number must be a whole number or a string"],
  [{ ...valid, status: "secret" }, 'status must be "0" or "1"'],
  [{ ...valid, data: { done: "secret" } }, "data.done must be true or false"],
  [{ ...valid, user: "secret" }, "user: Too big: expected string to have <=3 characters"],
  [{ ...valid, kind: "b" }, "kind: must be one of ours"],
  [[], "The value must be an object"],
])("%j is described as %s", (value, text) => {
  const { error } = schema.safeParse(value);
  expect(error && formatIssues(error)).toBe(text);
});

it("the number of issues can be limited", () => {
  const { error } = schema.safeParse({});
  expect(error && formatIssues(error, 1)).toBe("app is missing");
});
