import { describe, expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { isByBot } from "./is-by-bot.ts";

const config = readConfig({});
const author = {
  login: "mira-okafor",
  name: "Mira Okafor",
  email: "mira.okafor@sentry.io",
  avatarUrl: null,
};

describe("a commit is", () => {
  it.each([
    ["somebody's", {}, false],
    ["somebody's without an account", { login: null }, false],
    ["an App's", { login: "renovate[bot]" }, true],
    ["a listed bot's", { login: "vercel-bot" }, true],
    ["the bump bot's", { login: "getsentry-bot" }, true],
    ["the bump bot's without an account", { login: null, email: "bot@sentry.io" }, true],
    ["somebody's with a name that ends like a bot's", { login: null, name: "talbot" }, false],
  ])("%s: %j", (_, changes, expected) => {
    expect(isByBot({ ...author, ...changes }, config)).toBe(expected);
  });
});
