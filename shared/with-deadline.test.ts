import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DeadlineError, withDeadline } from "./with-deadline.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("returns the result of work that ends in time, and throws its error", async () => {
  expect(await withDeadline(Promise.resolve(1), 1000)).toBe(1);
  await expect(withDeadline(Promise.reject(new Error("refused")), 1000)).rejects.toThrow("refused");
  expect(vi.getTimerCount()).toBe(0);
});

it("throws at the deadline; an error of the work after it ends no process", async () => {
  let fail: (error: Error) => void = () => {};
  const waiting = withDeadline(new Promise<never>((_, reject) => (fail = reject)), 10_000);
  const outcome = expect(waiting).rejects.toThrow(DeadlineError);
  await vi.advanceTimersByTimeAsync(10_000);
  await outcome;
  fail(new Error("too late"));
  await vi.advanceTimersByTimeAsync(0);
});
