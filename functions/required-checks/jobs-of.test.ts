import { describe, expect, it } from "vitest";
import { isNotYetStarted } from "./is-not-yet-started.ts";
import { jobsOf } from "./jobs-of.ts";

const head = "| Job | Conclusion |\n| --- | --- |\n";

describe("the jobs of a required check's report", () => {
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
  ])("%j", (report, jobs) => {
    expect(jobsOf(report)).toEqual(jobs);
  });
});

describe("a failed check with these jobs", () => {
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
  ])("%j: not yet started is %s", (conclusions, expected) => {
    const jobs = conclusions.map((conclusion) => ({ name: "job", url: null, conclusion }));
    expect(isNotYetStarted(jobs)).toBe(expected);
  });
});
