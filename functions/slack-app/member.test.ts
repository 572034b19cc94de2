import { describe, expect, it } from "vitest";
import { parseGitHubLogin } from "./member.ts";

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
