import { commitBlocks, commitLink, shortSha } from "../../shared/slack/commit-blocks.ts";
import { escapeText, link } from "../../shared/slack/mrkdwn.ts";
import { type Color, colors, type SlackMessage } from "../../shared/slack/slack-message.ts";
import type { Failure, FailureStatus } from "./failure.ts";

const states: Record<FailureStatus, { says: string; color: Color }> = {
  failing: { says: "is failing", color: "red" },
  flake: { says: "is passing: it failed before and passed when it was run again", color: "green" },
  fixed: { says: "was failing and is now fixed", color: "green" },
  unknown: { says: "is unknown, due to a previously broken build", color: "neutral" },
};

/** The message about a failing commit, from failing to whatever became of it. Pure: a message is a function of its state. */
export function failureMessage(failure: Failure): SlackMessage {
  const { repository, branch, sha, url, commit, after, status } = failure;
  const { says, color } = states[status];
  const where = escapeText(`${repository}@${branch}`);
  const build = url ? ` · ${link(url, "View build")}` : "";
  const remark =
    after && status === "failing"
      ? `\nIt may only be failing because of the earlier commit ${commitLink(repository, after.sha)}.`
      : "";
  const text = `*${where}* ${commitLink(repository, sha)} ${says}${build}${remark}`;
  return {
    text: `${where} ${shortSha(sha)} ${says}`,
    blocks: [{ type: "section", text: { type: "mrkdwn", text, verbatim: true } }],
    attachments: [
      {
        color: colors[color],
        fallback: `${shortSha(sha)} ${says}`,
        blocks: commit ? commitBlocks(commit) : [unknownCommit(repository, sha)],
      },
    ],
  };
}

/** What the thread of the first failure is told when a later commit passes. */
export function passingAgainMessage(repository: string, branch: string, sha: string): SlackMessage {
  return {
    text: `*${escapeText(`${repository}@${branch}`)}* is now passing again, with ${commitLink(repository, sha)}`,
  };
}

function unknownCommit(repository: string, sha: string) {
  const text = `${commitLink(repository, sha)}: GitHub did not say what is in it`;
  return { type: "section" as const, text: { type: "mrkdwn" as const, text, verbatim: true } };
}
