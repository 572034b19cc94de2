import { describe, expect, it } from "vitest";
import { config, service } from "../../test/support/getsentry.ts";
import { isByBot } from "./decide.ts";

const author = {
  login: "mira-okafor",
  name: "Mira Okafor",
  email: "mira.okafor@sentry.io",
  avatarUrl: null,
};

describe("isByBot", () => {
  it.each([
    ["a person", {}, false],
    ["a person without an account", { login: null }, false],
    ["an App", { login: "renovate[bot]" }, true],
    ["a listed bot", { login: "vercel-bot" }, true],
    ["the bump bot", { login: "getsentry-bot" }, true],
    ["the bump bot without an account", { login: null, email: "bot@sentry.io" }, true],
    ["a person whose name ends like a bot's", { login: null, name: "talbot" }, false],
  ])("recognizes %s: %j", (_, changes, expected) => {
    expect(isByBot({ ...author, ...changes }, config.bots, service)).toBe(expected);
  });
});
