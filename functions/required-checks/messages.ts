import type { KnownBlock } from "@slack/web-api";
import { commitBlocks, commitLink, shortSha } from "../../shared/slack/commit-blocks.ts";
import { clippedText, escapeText, link } from "../../shared/slack/mrkdwn.ts";
import {
  type Color,
  colors,
  MAX_MESSAGE_BLOCKS,
  MAX_SECTION,
  type SlackMessage,
} from "../../shared/slack/slack-message.ts";
import type { Failure, FailureStatus } from "./failure.ts";
import { isPassing, type Job } from "./required-check.ts";

const MAX_NAME = 200;
/** A line that is longer, because of a long address, has no link. */
const MAX_LINE = 1000;

const states: Record<FailureStatus, { says: string; color: Color }> = {
  failing: { says: "is failing", color: "red" },
  flake: { says: "is passing: it failed before and passed when it was run again", color: "green" },
  fixed: { says: "was failing and is now fixed", color: "green" },
  unknown: { says: "is unknown, due to a previously broken build", color: "neutral" },
};

/** The message about a commit whose required check failed, in all of its states. */
export function failureMessage(failure: Failure): SlackMessage {
  const { repository, branch, sha, url, commit, after, status } = failure;
  const { says, color } = states[status];
  const branchName = escapeText(`${repository}@${branch}`);
  const build = url ? ` · ${link(url, "View build")}` : "";
  const remark =
    after && status === "failing"
      ? `\nIt may only be failing because of the earlier commit ${commitLink(repository, after.sha)}.`
      : "";
  const text = `*${branchName}* ${commitLink(repository, sha)} ${says}${build}${remark}`;
  return {
    text: `${branchName} ${shortSha(sha)} ${says}`,
    blocks: [section(text)],
    attachments: [
      {
        color: colors[color],
        fallback: `${shortSha(sha)} ${says}`,
        blocks: commit ? commitBlocks(commit) : [unknownCommit(repository, sha)],
      },
    ],
  };
}

/** The reply in the thread of the first failure when a later commit passes. */
export function passingAgainMessage(repository: string, branch: string, sha: string): SlackMessage {
  return {
    text: `*${escapeText(`${repository}@${branch}`)}* is now passing again, with ${commitLink(repository, sha)}`,
  };
}

function unknownCommit(repository: string, sha: string): KnownBlock {
  return section(`${commitLink(repository, sha)}: GitHub did not return its details`);
}

/** Lists the jobs of a check with their conclusions, as many as fit into a message. */
export function jobsMessage(jobs: Job[]): SlackMessage {
  const failed = jobs.filter(({ conclusion }) => !isPassing(conclusion)).length;
  const { sections, left } = pack(jobs.map(jobLine));
  const more = left > 0 ? [section(`… and ${left} more`)] : [];
  return {
    text: `${failed} of ${jobs.length} ${jobs.length === 1 ? "job" : "jobs"} did not pass`,
    blocks: [...sections.map(section), ...more],
  };
}

function jobLine({ name, url, conclusion }: Job): string {
  const mark = isPassing(conclusion) ? ":white_check_mark:" : ":x:";
  const text = clippedText(conclusion, MAX_NAME);
  const linked = url ? `${mark} ${link(url, name, MAX_NAME)} ${text}` : "";
  return linked !== "" && linked.length <= MAX_LINE
    ? linked
    : `${mark} ${clippedText(name, MAX_NAME)} ${text}`;
}

/** Packs lines into sections of at most Slack's length. One block remains for the number of lines that do not fit. */
function pack(lines: string[]): { sections: string[]; left: number } {
  const sections: string[] = [];
  let current = "";
  for (const [index, next] of lines.entries()) {
    if (current !== "" && current.length + 1 + next.length > MAX_SECTION) {
      sections.push(current);
      current = "";
      if (sections.length === MAX_MESSAGE_BLOCKS - 1) return { sections, left: lines.length - index };
    }
    current = current === "" ? next : `${current}\n${next}`;
  }
  if (current !== "") sections.push(current);
  return { sections, left: 0 };
}

function section(text: string): KnownBlock {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
