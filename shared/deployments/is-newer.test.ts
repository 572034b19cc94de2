import { expect, it } from "vitest";
import { isNewer, type Ordered } from "./is-newer.ts";

const freight = (number: number, begunAt: string | null = "2026-11-02T17:00:00.000Z"): Ordered => ({
  source: "freight",
  id: String(number),
  number,
  attempt: 1,
  begunAt,
});
const github = (id: string, minute: number, attempt = 1): Ordered => ({
  source: "github",
  id,
  number: null,
  attempt,
  begunAt: `2026-11-02T17:${minute}:00.000Z`,
});

it.each<[string, Ordered, Ordered, boolean]>([
  ["a higher number, at the same time", freight(14), freight(13), true],
  ["a lower number", freight(12), freight(13), false],
  ["a higher number that was stored without a time", freight(14, null), freight(13), true],
  ["the same attempt", freight(13), freight(13), false],
  ["a later time, of a sender that does not count", github("8", 30), github("9", 20), true],
  ["another source, later", github("1", 10), freight(13), true],
  ["another source, earlier", freight(14), github("1", 10), false],
  ["another attempt", github("8", 20, 2), github("8", 20, 1), true],
  [
    "a later attempt of an older one, which is a rollback",
    { ...freight(12, "2026-11-02T18:00:00.000Z"), attempt: 2 },
    freight(13),
    true,
  ],
])("%s", (_, one, other, expected) => {
  expect(isNewer(one, other)).toBe(expected);
});
