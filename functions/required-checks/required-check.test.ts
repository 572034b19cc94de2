import { describe, expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { checkRunDelivery } from "../../test/support/check-run-delivery.ts";
import { normalize } from "../github/normalize.ts";
import { isNotYetStarted, parseJobs, readRequiredCheck } from "./required-check.ts";

const config = readConfig({});

function read(check: Parameters<typeof checkRunDelivery>[0], event = "check_run") {
  const payload = checkRunDelivery(check);
  return readRequiredCheck(normalize({ id: "1", event, payload, receivedAt: new Date() }), config);
}

describe("a GitHub delivery", () => {
  it("about a completed required check of the deployed branch is read", () => {
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
  ])("with the conclusion %s passes: %s", (conclusion, passed) => {
    expect(read({ sha: "a", conclusion })?.passed).toBe(passed);
  });

  it.each([
    ["of another repository", { repository: "getsentry/sentry" }],
    ["with another name", { name: "backend tests" }],
    ["of another branch", { branch: "feat/alerts" }],
    ["about a created check run", { action: "created" }],
    ["about a check run that was requested again", { action: "rerequested" }],
  ])("%s is ignored", (_, other) => {
    expect(read({ sha: "a", conclusion: "failure", ...other })).toBeNull();
  });
});

const head = "| Job | Conclusion |\n| --- | --- |\n";

describe("parseJobs", () => {
  it.each([
    ["", []],
    ["No table at all", []],
    [head, []],
    [
      `${head}| [backend tests](https://github.com/getsentry/getsentry/runs/1) | failure |`,
      [
        {
          name: "backend tests",
          url: "https://github.com/getsentry/getsentry/runs/1",
          conclusion: "failure",
        },
      ],
    ],
    [`${head}| plain | success |`, [{ name: "plain", url: null, conclusion: "success" }]],
    [
      `Some text\n\n${head}|[a](https://a.example)|Missing|\r\n\nmore`,
      [{ name: "a", url: "https://a.example", conclusion: "missing" }],
    ],
    [
      `${head}| [a \\| b](https://a.example) | success |`,
      [{ name: "a | b", url: "https://a.example", conclusion: "success" }],
    ],
    [
      `${head}| [a](javascript:alert(1)) | success |`,
      [{ name: "[a](javascript:alert(1))", url: null, conclusion: "success" }],
    ],
    [`${head}| only one cell |\n|  | failure |`, []],
  ])("reads %j", (report, jobs) => {
    expect(parseJobs(report)).toEqual(jobs);
  });
});

describe("isNotYetStarted", () => {
  it.each([
    [["missing", "missing"], true],
    [["missing", "success"], true],
    [["missing", "success", "success"], false],
    [["missing", "missing", "failure"], false],
    [["missing", "missing", "cancelled"], false],
    [["missing", "missing", "neutral", "skipped"], true],
    [["success"], false],
    [["failure"], false],
    [[], false],
  ])("for jobs with the conclusions %j is %s", (conclusions, expected) => {
    const jobs = conclusions.map((conclusion) => ({ name: "job", url: null, conclusion }));
    expect(isNotYetStarted(jobs)).toBe(expected);
  });
});
