import { describe, expect, it } from "vitest";
import { parsePullRequestUrl } from "./pull-request-runs.ts";

const reference = { owner: "getsentry", repo: "sentry", number: 24000 };

describe("parsePullRequestUrl", () => {
  it.each([
    "https://github.com/getsentry/sentry/pull/24000",
    "http://www.GitHub.com/getsentry/sentry/pull/24000/",
    "https://github.com/getsentry/sentry/pull/24000/files?w=1#diff",
    "https://github.com/getsentry/sentry/pull/24000#issuecomment-1",
    "https://github.com/getsentry/sentry/pull/24000 please",
    "<https://github.com/getsentry/sentry/pull/24000>",
    "‹https://github.com/getsentry/sentry/pull/24000›",
    "(https://github.com/getsentry/sentry/pull/24000)",
    "`https://github.com/getsentry/sentry/pull/24000`",
    "*https://github.com/getsentry/sentry/pull/24000*",
    "https://github.com/getsentry/sentry/pull/24000.",
    "https://github.com/getsentry/sentry/pull/24000, thanks",
    "<https://github.com/getsentry/sentry/pull/24000/files>.",
  ])("finds the pull request in %s", (url) => {
    expect(parsePullRequestUrl(url)).toEqual(reference);
  });

  it.each([
    "",
    "24000",
    "getsentry/sentry#24000",
    "github.com/getsentry/sentry/pull/24000",
    "https://github.com/getsentry/sentry/issues/24000",
    "https://github.com/getsentry/sentry/pull/",
    "https://github.com/getsentry/sentry/pull/24000x",
    "https://github.com/getsentry/sentry/pull/24000.x",
    "https://github.com/../sentry/pull/",
    "https://github.com.example/getsentry/sentry/pull/24000",
    "https://example.com/?https://github.com/getsentry/sentry/pull/24000",
  ])("rejects %j", (url) => {
    expect(parsePullRequestUrl(url)).toBeNull();
  });
});
