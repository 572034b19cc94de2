import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../configuration-error.ts";
import { githubClientOptions } from "./installation-client.ts";

describe("githubClientOptions", () => {
  it.each([
    [{}, 1000],
    [{ GITHUB_RETRY_BASE_MS: "" }, 1000],
    [{ GITHUB_RETRY_BASE_MS: "0" }, 0],
    [{ GITHUB_RETRY_BASE_MS: "20" }, 20],
  ])("with %j uses a base of %i ms for retries and for rate limits", (env, base) => {
    expect(githubClientOptions(env)).toMatchObject({
      retry: { retries: 3, retryAfterBaseValue: base },
      throttle: { retryAfterBaseValue: base },
    });
  });

  it.each(["fast", "-1"])("rejects %s as a base", (base) => {
    expect(() => githubClientOptions({ GITHUB_RETRY_BASE_MS: base })).toThrow(ConfigurationError);
  });

  it("takes the API's address from GITHUB_API_URL", () => {
    expect(githubClientOptions({ GITHUB_API_URL: "http://127.0.0.1:1" })).toMatchObject({
      baseUrl: "http://127.0.0.1:1",
    });
    expect(githubClientOptions({})).not.toHaveProperty("baseUrl");
  });

  it.each([
    [60, 0, true],
    [61, 0, false],
    [1, 1, false],
  ])("with a rate limit of %i s after %i waits waits: %s", (seconds, waits, expected) => {
    const { throttle, retry } = githubClientOptions({});
    expect(throttle.onRateLimit(seconds, {}, {}, waits)).toBe(expected);
    expect(throttle.onSecondaryRateLimit(seconds, {}, {}, waits)).toBe(expected);
    // Otherwise the retry plugin sends a request four times before the limit is waited for.
    expect(retry.doNotRetry).toContain(429);
  });
});
