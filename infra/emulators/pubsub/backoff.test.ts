import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";

const seconds = (n: number) => ({ seconds: Math.floor(n), nanos: (n % 1) * 1e9 });

describe("the wait before a redelivery", () => {
  it.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [5, 8000],
    [6, 15_000],
    [100, 15_000],
  ])("after failure %d is %d ms and doubles up to the maximum", (attempt, ms) => {
    expect(backoffMs({ minimumBackoff: seconds(0.5), maximumBackoff: seconds(15) }, attempt)).toBe(ms);
  });

  it("is 10 s to 10 min if the policy names no bounds", () => {
    expect(backoffMs({ minimumBackoff: null, maximumBackoff: null }, 1)).toBe(10_000);
    expect(backoffMs({ minimumBackoff: null, maximumBackoff: null }, 20)).toBe(600_000);
  });

  it("is 0 without a policy", () => {
    expect(backoffMs(null, 3)).toBe(0);
  });
});
