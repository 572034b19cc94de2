import { describe, expect, it } from "vitest";
import { readBranchCheckRun } from "../../shared/github/required-check.ts";
import { checkRunDelivery } from "../../test/support/check-run-delivery.ts";
import { config, service } from "../../test/support/getsentry.ts";
import { normalize } from "../github/normalize.ts";
import { isNotYetStarted, parseJobs, toRequiredCheck } from "./required-check.ts";

it("a completed required check of the deployed branch is read with its jobs", () => {
  const payload = checkRunDelivery({
    sha: "a".repeat(40),
    conclusion: "failure",
    repository: "GetSentry/getsentry",
    jobs: { backend: "failure" },
  });
  const event = normalize({ id: "1", event: "check_run", payload, receivedAt: new Date() });
  const run = readBranchCheckRun(event, config.services);
  expect(run && toRequiredCheck(event, run, { service })).toEqual({
    repository: "getsentry/getsentry",
    branch: "master",
    name: "getsentry required checks",
    sha: "a".repeat(40),
    verdict: "failed",
    url: expect.stringMatching(/\/getsentry\/runs\/\d+$/),
    startedAt: new Date("2026-11-02T12:00:00.000Z"),
    completedAt: new Date("2026-11-02T12:10:00.000Z"),
    jobs: [{ name: "backend", url: expect.any(String), conclusion: "failure" }],
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
