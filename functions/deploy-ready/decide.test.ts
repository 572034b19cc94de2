import { describe, expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { type CheckRun, checkRunDelivery } from "../../test/support/check-run-delivery.ts";
import { normalize } from "../github/normalize.ts";
import { isByBot, isReady } from "./decide.ts";

const config = readConfig({});
const eventOf = (run: Partial<CheckRun>, event = "check_run") =>
  normalize({
    id: "1",
    event,
    payload: checkRunDelivery({ sha: "9d0e3b7", conclusion: "success", ...run }),
    receivedAt: new Date(),
  });

describe("a commit is ready to deploy", () => {
  it("when the required check completes with success on the deployed branch", () => {
    expect(isReady(eventOf({}), config)).toBe(true);
  });

  it.each<[string, Partial<CheckRun>]>([
    ["that failed", { conclusion: "failure" }],
    ["that is neutral", { conclusion: "neutral" }],
    ["that was skipped", { conclusion: "skipped" }],
    ["that was canceled", { conclusion: "cancelled" }],
    ["that was only created", { conclusion: null, action: "created" }],
    ["that was requested again", { action: "rerequested" }],
    ["of another check", { name: "backend tests" }],
    ["of another repository", { repository: "getsentry/sentry" }],
    ["of another branch", { branch: "feat/snooze" }],
  ])("not after a check run %s", (_, run) => {
    expect(isReady(eventOf(run), config)).toBe(false);
  });

  it("not after another event", () => {
    expect(isReady(eventOf({}, "workflow_run"), config)).toBe(false);
  });
});

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
    expect(isByBot({ ...author, ...changes }, config)).toBe(expected);
  });
});
