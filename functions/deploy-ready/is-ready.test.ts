import { describe, expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { type CheckRun, checkRunDelivery } from "../../test/support/check-run-delivery.ts";
import { normalize } from "../github/normalize.ts";
import { isReady } from "./is-ready.ts";

const config = readConfig({});
const eventOf = (run: Partial<CheckRun>, event = "check_run") =>
  normalize({
    id: "1",
    event,
    payload: checkRunDelivery({ sha: "9d0e3b7", conclusion: "success", ...run }),
    receivedAt: new Date(),
  });

describe("a commit is ready to deploy when its check run", () => {
  it("is the required check, completed with success on the deployed branch", () => {
    expect(isReady(eventOf({}), config)).toBe(true);
  });

  it.each<[string, Partial<CheckRun>]>([
    ["failed", { conclusion: "failure" }],
    ["is neutral", { conclusion: "neutral" }],
    ["was skipped", { conclusion: "skipped" }],
    ["was canceled", { conclusion: "cancelled" }],
    ["was only created", { conclusion: null, action: "created" }],
    ["was rerequested", { action: "rerequested" }],
    ["is another check", { name: "backend tests" }],
    ["is of another repository", { repository: "getsentry/sentry" }],
    ["is of another branch", { branch: "feat/snooze" }],
  ])("not when it %s", (_, run) => {
    expect(isReady(eventOf(run), config)).toBe(false);
  });

  it("not for another event", () => {
    expect(isReady(eventOf({}, "workflow_run"), config)).toBe(false);
  });
});
