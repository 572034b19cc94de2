import { describe, expect, it } from "vitest";
import { type Attempt, decide, groupAttempts } from "./decide.ts";

const minutes = (number: number) => new Date(Date.UTC(2026, 10, 25) + number * 60_000);
let id = 0;
const attempt = (guid: string, statusCode: number, at: number): Attempt => ({
  log: "github-app",
  id: String(++id),
  guid,
  event: "push",
  repositoryId: "7",
  statusCode,
  isRedelivery: false,
  deliveredAt: minutes(at),
});

describe("groupAttempts", () => {
  it.each<[string, [number, number][], boolean]>([
    ["one attempt that failed", [[503, 0]], true],
    ["one attempt without a response", [[0, 0]], true],
    ["an attempt that was refused", [[401, 0]], true],
    ["an attempt that was redirected", [[302, 0]], true],
    ["an attempt that was accepted", [[202, 0]], false],
    [
      "a redelivery that was accepted, listed first",
      [
        [202, 5],
        [503, 0],
      ],
      false,
    ],
    [
      "a redelivery that failed after one that was accepted",
      [
        [503, 9],
        [200, 5],
        [503, 0],
      ],
      false,
    ],
    [
      "only redeliveries that failed",
      [
        [500, 9],
        [503, 5],
        [503, 0],
      ],
      true,
    ],
  ])("%s", (_, attempts, isFailed) => {
    const listed = attempts.map(([status, at]) => attempt("a", status, at));
    const { failed, succeeded } = groupAttempts([...listed, attempt("other", 202, 3)]);
    expect(failed.map(({ guid }) => guid)).toEqual(isFailed ? ["a"] : []);
    expect(succeeded.has("a")).toBe(!isFailed);
    expect(
      failed.every(
        ({ firstFailedAt, deliveryId }) =>
          firstFailedAt.getTime() === minutes(0).getTime() && deliveryId === listed[0]?.id,
      ),
    ).toBe(true);
  });
});

it("a 2xx in the log of another webhook is enough, and the log of the newest failed attempt is kept", () => {
  const hook = "orgs/getsentry/hooks/1";
  const accepted = { ...attempt("a", 202, 1), log: hook };
  expect(groupAttempts([attempt("a", 503, 0), accepted]).failed).toEqual([]);
  const failed = { ...attempt("b", 503, 1), log: hook };
  expect(groupAttempts([failed, attempt("b", 503, 0)]).failed).toMatchObject([
    { log: hook, deliveryId: failed.id, firstFailedAt: minutes(0) },
  ]);
});

describe("decide", () => {
  const day = 24 * 60;
  it.each([
    [
      { requested: 0, next: 0, now: 0 },
      { do: "ask", nextAttemptAt: minutes(5) },
    ],
    [{ requested: 1, next: 5, now: 4 }, { do: "wait" }],
    [
      { requested: 1, next: 5, now: 5 },
      { do: "ask", nextAttemptAt: minutes(15) },
    ],
    [
      { requested: 2, next: 15, now: 60 },
      { do: "ask", nextAttemptAt: minutes(80) },
    ],
    [
      { requested: 12, next: day, now: day },
      { do: "ask", nextAttemptAt: minutes(day + 360) },
    ],
    [{ requested: 19, next: 3 * day, now: 3 * day - 1 }, { do: "wait" }],
    [{ requested: 19, next: 4 * day, now: 3 * day }, { do: "give up" }],
  ])("%j: %j", ({ requested, next, now }, expected) => {
    const pending = { firstFailedAt: minutes(0), requested, nextAttemptAt: minutes(next) };
    expect(decide(pending, minutes(now))).toEqual(expected);
  });
});
