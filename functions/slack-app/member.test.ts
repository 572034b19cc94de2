import { describe, expect, it } from "vitest";
import { mayBeNews, parseGitHubLogin } from "./member.ts";

describe("parseGitHubLogin", () => {
  it.each([
    "mira-okafor",
    " mira-okafor\n",
    "@mira-okafor",
    "github.com/mira-okafor",
    "GitHub.com/mira-okafor/",
    "http://github.com/mira-okafor",
    "https://github.com/mira-okafor",
    "https://www.github.com/mira-okafor/?tab=repositories",
    "https://github.com/mira-okafor#top",
    "https://github.com/@mira-okafor",
    "<https://github.com/mira-okafor>",
    "<https://github.com/mira-okafor|mira>",
  ])("finds the login in %j", (typed) => {
    expect(parseGitHubLogin(typed)).toBe("mira-okafor");
  });

  it.each([["Mira"], ["7"], ["a-b-c"], ["x".repeat(39)]])("accepts %j as it is", (typed) => {
    expect(parseGitHubLogin(typed)).toBe(typed);
  });

  it.each([
    "",
    "   ",
    "-mira",
    "mira-",
    "mira--okafor",
    "mira okafor",
    "mira_okafor",
    "mira.okafor@sentry.io",
    "x".repeat(40),
    "https://github.com/",
    "https://github.com/mira-okafor/repository",
    "https://gitlab.com/mira-okafor",
    "<!channel>",
    "мира",
  ])("rejects %j", (typed) => {
    expect(parseGitHubLogin(typed)).toBeNull();
  });
});

describe("an event about a changed user", () => {
  const config = { emailDomain: "sentry.io", slack: { githubField: "XfGITHUB" } };
  const user = { id: "U0MIRA", is_email_confirmed: true, profile: { email: "mira.okafor@sentry.io" } };
  const stored = { email: "mira.okafor@sentry.io", githubUser: "mira-okafor" };
  const fields = (value: string) => ({ XfGITHUB: { value } });

  it.each([
    ["says what is stored", { user, fields: fields("mira-okafor") }, stored, false],
    ["names no login", { user, fields: fields("") }, stored, false],
    ["names another login", { user, fields: fields("mira2") }, stored, true],
    ["leaves the fields out", { user, fields: undefined }, stored, true],
    [
      "has another address",
      { user, fields: fields("mira-okafor") },
      { ...stored, email: "m@sentry.io" },
      true,
    ],
    ["is about a member who is not stored", { user, fields: fields("") }, undefined, true],
    [
      "is about a stored person who left",
      { user: { ...user, deleted: true }, fields: undefined },
      stored,
      true,
    ],
    [
      "is about a stranger who left",
      { user: { ...user, deleted: true }, fields: undefined },
      undefined,
      false,
    ],
    [
      "has no confirmed address",
      { user: { ...user, is_email_confirmed: false }, fields: undefined },
      stored,
      false,
    ],
  ])("that %s is looked into or not", (_, changed, known, expected) => {
    expect(mayBeNews(changed, known, config)).toBe(expected);
  });
});
