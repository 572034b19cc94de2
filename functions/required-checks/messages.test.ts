import { describe, expect, it } from "vitest";
import { checkBlocks } from "../../infra/emulators/slack/block-kit/check-blocks.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import type { FailureStatus } from "./failure.ts";
import { annotationsMessage, failureMessage, jobsMessage, passingAgainMessage } from "./messages.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";
const failure = {
  status: "failing" as FailureStatus,
  repository: "getsentry/getsentry",
  branch: "master",
  service: "getsentry",
  sha,
  url: "https://github.com/getsentry/getsentry/runs/1",
  jobsMissing: false,
  commit: null,
};
const link = `<https://github.com/getsentry/getsentry/commit/${sha}|\`0123456\`>`;
const build = "<https://github.com/getsentry/getsentry/runs/1|View build>";

describe("the message about a commit that failed", () => {
  it.each<[FailureStatus, string, string]>([
    ["failing", "is failing", colors.red],
    ["flake", "is passing: it failed before and passed when it was run again", colors.green],
    ["fixed", "was failing and is now fixed", colors.green],
    ["unknown", "is unknown, due to a previously broken build", colors.neutral],
  ])("shows that it is %s, in the matching colour", (status, says, color) => {
    expect(failureMessage({ ...failure, status }, null)).toMatchObject({
      text: `getsentry/getsentry@master 0123456 ${says}`,
      blocks: [{ text: { text: `*getsentry/getsentry@master* ${link} ${says} · ${build}`, verbatim: true } }],
      attachments: [{ color }],
    });
  });

  it.each<[FailureStatus, string[], string, string]>([
    ["failing", ["build", "lint <1>"], "is failing · BUILD\nFailing: *build*, *lint &lt;1&gt;*", colors.red],
    ["fixed", ["lint"], "is not failing any more, but the branch is · BUILD\nFailing: *lint*", colors.red],
    ["fixed", [], "was failing and is now fixed · BUILD", colors.green],
  ])("of %s with the failing checks %j says so", (status, checks, says, color) => {
    expect(failureMessage({ ...failure, status }, null, checks)).toMatchObject({
      blocks: [{ text: { text: `*getsentry/getsentry@master* ${link} ${says.replace("BUILD", build)}` } }],
      attachments: [{ color }],
    });
  });

  it("says in the channel, and not in a thread, why its readers get it and how to mute it", () => {
    const reason =
      "This is the channel of getsentry in ci-tooling.yaml. `redBranch: off` of the service ends";
    expect(JSON.stringify(failureMessage(failure, null))).toContain(reason);
    expect(JSON.stringify(failureMessage(failure, { sha }))).not.toContain(reason);
  });

  it("points to the earlier failure only while it is failing", () => {
    const first = { sha: "fedcba9876543210fedcba9876543210fedcba98" };
    const remark = "It may only be failing because of the earlier commit";
    const says = (status: FailureStatus) => JSON.stringify(failureMessage({ ...failure, status }, first));
    expect(says("failing")).toContain(remark);
    expect(says("unknown")).not.toContain(remark);
  });

  it("says only while it is failing that its jobs are missing", () => {
    const says = (status: FailureStatus) =>
      JSON.stringify(failureMessage({ ...failure, status, jobsMissing: true }, null));
    expect(says("failing")).toContain("Most of its jobs are missing");
    expect(says("flake")).not.toContain("Most of its jobs are missing");
  });

  it("has no link to the build if its page is unknown", () => {
    expect(JSON.stringify(failureMessage({ ...failure, url: null }, null))).not.toContain("View build");
  });
});

it("the message that the branch passes again names the commit", () => {
  expect(passingAgainMessage("getsentry/getsentry", "master", sha).text).toBe(
    `*getsentry/getsentry@master* is now passing again, with ${link}`,
  );
});

describe("the message about the jobs", () => {
  const job = (name: string, conclusion: string, url: string | null = "https://github.com/runs/1") => ({
    name,
    conclusion,
    url,
  });

  it("has a line per job, with links in Slack's syntax", () => {
    expect(jobsMessage([job("backend <3>", "failure"), job("a|b", "skipped", null)])).toEqual({
      text: "1 of 2 jobs did not pass",
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: ":x: <https://github.com/runs/1|backend &lt;3&gt;> failure\n:white_check_mark: a|b skipped",
            verbatim: true,
          },
        },
      ],
    });
  });

  it.each([
    ["100 jobs with links", 100, "backend test", 60],
    ["110 jobs with links", 110, "backend test", 60],
    ["2,000 jobs with long names", 2000, `job ${"of many ".repeat(20)}`, 10],
    ["200 jobs with names of characters that JSON escapes", 200, '"\\\t'.repeat(60), 10],
    ["200 jobs with names of characters that Slack escapes", 200, "<&>".repeat(60), 10],
    ["200 jobs whose lines fill a section each", 200, "x".repeat(200), 700],
  ])("about %s stays within Slack's limits and shows how many are left out", (_, count, name, path) => {
    const jobs = Array.from({ length: count }, (_, n) =>
      job(`${n} ${name}`, "failure", `https://github.com/${"x".repeat(path)}`),
    );
    const { blocks = [] } = jobsMessage(jobs);
    expect(checkBlocks(blocks)).toEqual([]);
    const { length } = JSON.stringify(blocks);
    expect(length).toBeLessThanOrEqual(12_000);
    const texts = blocks.map((block) => (block.type === "section" ? (block.text?.text ?? "") : ""));
    const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line.startsWith(":x:"));
    if (lines.length === count) return;
    expect(length).toBeGreaterThan(10_500);
    expect(texts.at(-1)).toBe(`… and ${count - lines.length} more`);
  });

  it("begins with the jobs that did not pass if not all fit", () => {
    const jobs = Array.from({ length: 200 }, (_, n) =>
      job(`backend (${n})`, n === 199 ? "failure" : "success", `https://github.com/${"x".repeat(60)}`),
    );
    const { text, blocks } = jobsMessage(jobs);
    expect(text).toBe("1 of 200 jobs did not pass");
    expect(blocks?.[0]).toMatchObject({ text: { text: expect.stringMatching(/^:x: .*\(199\)> failure\n/) } });
  });

  it("names a job without a link if its address is too long", () => {
    const { blocks } = jobsMessage([job("backend", "failure", `https://example.com/${"x".repeat(3000)}`)]);
    expect(blocks).toMatchObject([{ text: { text: ":x: backend failure" } }]);
  });
});

describe("the message about annotations", () => {
  const page = `https://github.com/getsentry/getsentry/blob/${sha}/src/a%20b.ts#L7`;

  it("links each line and escapes what the check says", () => {
    const annotation = { path: "src/a b.ts", line: 7, message: "expected <1>\n  got 2" };
    expect(annotationsMessage("getsentry/getsentry", sha, [annotation])).toMatchObject({
      text: "1 annotation of the failed checks",
      blocks: [{ text: { text: `<${page}|src/a b.ts:7> expected &lt;1&gt; got 2` } }],
    });
  });

  it("is one that Slack accepts, however long paths and remarks are", () => {
    const long = Array.from({ length: 50 }, (_, line) => ({
      path: "x/".repeat(2000),
      line,
      message: "<&>".repeat(3000),
    }));
    const { blocks } = annotationsMessage("getsentry/getsentry", sha, long);
    expect(checkBlocks(blocks ?? [], "message")).toEqual([]);
  });
});
