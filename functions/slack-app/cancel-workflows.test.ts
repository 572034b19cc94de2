import { describe, expect, it } from "vitest";
import { cancelledMessage, mayCancel, noPullRequest, parsePullRequestUrl } from "./cancel-workflows.ts";

const pull = { owner: "getsentry", repo: "sentry", number: 24000 };
const link = "<https://github.com/getsentry/sentry/pull/24000|getsentry/sentry#24000>";
const runs = (...names: string[]) => names.map((name, id) => ({ id, name }));

describe("the reply to gha cancel", () => {
  it.each([
    [[], `No workflows to cancel for ${link}`],
    [["backend"], `Cancelled 1 workflow of ${link}: backend`],
    [["backend", "lint"], `Cancelled 2 workflows of ${link}: backend, lint`],
    [["backend", "lint", "backend"], `Cancelled 3 workflows of ${link}: backend (2), lint`],
    [["<!channel> & co"], `Cancelled 1 workflow of ${link}: &lt;!channel&gt; &amp; co`],
  ])("lists the workflows %j", (names, text) => {
    expect(cancelledMessage(pull, runs(...names)).text).toBe(text);
  });

  it("cuts a list of 1,000 workflows", () => {
    const many = runs(...Array.from({ length: 1000 }, (_, n) => `workflow ${n}`));
    expect(cancelledMessage(pull, many).text).toMatch(/^Cancelled 1000 workflows of .*…$/);
    expect(cancelledMessage(pull, many).text.length).toBeLessThan(3000);
  });

  it("escapes the typed address", () => {
    expect(noPullRequest("<!channel>").text).toContain("Unable to find a pull request in “&lt;!channel&gt;”");
    expect(noPullRequest("").text).toContain("Unable to find a pull request. Write");
  });
});

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

it.each([
  ["admin", true],
  ["write", true],
  ["read", false],
  ["none", false],
])("a person with the permission %s may cancel: %s", (permission, may) => {
  expect(mayCancel(permission)).toBe(may);
});
