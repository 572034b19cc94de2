import { describe, expect, it } from "vitest";
import { githubLogin } from "./github-login.ts";

describe("a GitHub login", () => {
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
  ])("is found in %j", (typed) => {
    expect(githubLogin(typed)).toBe("mira-okafor");
  });

  it.each([["Mira"], ["7"], ["a-b-c"], ["x".repeat(39)]])("may be %j", (typed) => {
    expect(githubLogin(typed)).toBe(typed);
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
  ])("is not %j", (typed) => {
    expect(githubLogin(typed)).toBeNull();
  });
});
