import { describe, expect, it } from "vitest";
import { checkBlocks } from "../../infra/emulators/slack/block-kit/check-blocks.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import type { Failure, FailureStatus } from "./failure.ts";
import { failureMessage, jobsMessage, passingAgainMessage } from "./messages.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";
const failure: Failure = {
  status: "failing",
  repository: "getsentry/getsentry",
  branch: "master",
  sha,
  url: "https://github.com/getsentry/getsentry/runs/1",
  startedAt: "2026-11-02T12:00:00.000Z",
  completedAt: "2026-11-02T12:10:00.000Z",
  commit: null,
  after: null,
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
    expect(failureMessage({ ...failure, status })).toMatchObject({
      text: `getsentry/getsentry@master 0123456 ${says}`,
      blocks: [{ text: { text: `*getsentry/getsentry@master* ${link} ${says} · ${build}`, verbatim: true } }],
      attachments: [{ color }],
    });
  });

  it("points to the earlier failure only while it is failing", () => {
    const after = { sha: "fedcba9876543210fedcba9876543210fedcba98", threadTs: "1.2" };
    const remark = "It may only be failing because of the earlier commit";
    const says = (status: FailureStatus) => JSON.stringify(failureMessage({ ...failure, status, after }));
    expect(says("failing")).toContain(remark);
    expect(says("unknown")).not.toContain(remark);
  });

  it("has no link to the build if its page is unknown", () => {
    expect(JSON.stringify(failureMessage({ ...failure, url: null }))).not.toContain("View build");
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

  it("about 2,000 jobs stays within Slack's limits and shows how many are left out", () => {
    const jobs = Array.from({ length: 2000 }, (_, n) =>
      job(`job number ${n} ${"of many ".repeat(20)}`, "failure"),
    );
    const { blocks = [] } = jobsMessage(jobs);
    expect(checkBlocks(blocks)).toEqual([]);
    expect(blocks).toHaveLength(50);
    const texts = blocks.map((block) => (block.type === "section" ? (block.text?.text ?? "") : ""));
    const lines = texts.slice(0, -1).flatMap((text) => text.split("\n"));
    expect(blocks.at(-1)).toMatchObject({ text: { text: `… and ${2000 - lines.length} more` } });
  });

  it("names a job without a link if its address is too long", () => {
    const { blocks } = jobsMessage([job("backend", "failure", `https://example.com/${"x".repeat(3000)}`)]);
    expect(blocks).toMatchObject([{ text: { text: ":x: backend failure" } }]);
  });
});
