import { describe, expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { checkRunDelivery } from "../../test/support/check-run-delivery.ts";
import { normalize } from "../github/normalize.ts";
import { requiredCheckOf } from "./required-check-of.ts";

const config = readConfig({});

function read(check: Parameters<typeof checkRunDelivery>[0], event = "check_run") {
  const payload = checkRunDelivery(check);
  return requiredCheckOf(normalize({ id: "1", event, payload, receivedAt: new Date() }), config);
}

describe("a delivery of GitHub's", () => {
  it("about the required check of the deployed branch, completed, is read", () => {
    expect(read({ sha: "a".repeat(40), conclusion: "failure", jobs: { backend: "failure" } })).toEqual({
      repository: "getsentry/getsentry",
      branch: "master",
      sha: "a".repeat(40),
      passed: false,
      url: expect.stringMatching(/^https:\/\/github\.com\/getsentry\/getsentry\/runs\/\d+$/),
      startedAt: "2026-11-02T12:00:00.000Z",
      completedAt: "2026-11-02T12:10:00.000Z",
      jobs: [{ name: "backend", url: expect.any(String), conclusion: "failure" }],
    });
  });

  it.each([
    ["success", true],
    ["neutral", true],
    ["skipped", true],
    ["failure", false],
    ["cancelled", false],
    ["timed_out", false],
    ["action_required", false],
    ["stale", false],
  ])("with the conclusion %s has passed: %s", (conclusion, passed) => {
    expect(read({ sha: "a", conclusion })?.passed).toBe(passed);
  });

  it.each([
    ["of another repository", { repository: "getsentry/sentry" }],
    ["with another name", { name: "backend tests" }],
    ["of another branch", { branch: "feat/alerts" }],
    ["that was created", { action: "created" }],
    ["that was requested again", { action: "rerequested" }],
  ])("%s is none", (_, other) => {
    expect(read({ sha: "a", conclusion: "failure", ...other })).toBeNull();
  });
});
