import type { KnownBlock } from "@slack/web-api";
import { commitBlocks, commitLink, shortSha } from "../../shared/slack/commit-blocks.ts";
import { clippedText, escapeText, link, section } from "../../shared/slack/mrkdwn.ts";
import {
  type Color,
  colors,
  MAX_BLOCKS_LENGTH,
  MAX_MESSAGE_BLOCKS,
  MAX_SECTION,
  type SlackMessage,
} from "../../shared/slack/slack-message.ts";
import type { Annotation } from "./annotations.ts";
import type { Failure, FailureStatus } from "./failure.ts";
import { isPassing, type Job } from "./required-check.ts";

const MAX_NAME = 200;
const MAX_CHECK_NAME = 60;
/** A line that is longer, because of a long address, has no link. */
const MAX_LINE = 1000;

const states: Record<FailureStatus, { says: string; color: Color }> = {
  failing: { says: "is failing", color: "red" },
  flake: { says: "is passing: it failed before and passed when it was run again", color: "green" },
  fixed: { says: "was failing and is now fixed", color: "green" },
  unknown: { says: "is unknown, due to a previously broken build", color: "neutral" },
};

interface ShownFailure
  extends Pick<Failure, "repository" | "branch" | "sha" | "url" | "commit" | "status" | "jobsMissing"> {
  /** Name of the first service of the channel. */
  service: string;
}

/** A first failure that does not fail any more, while others in its thread do. */
const stillRed = { says: "is not failing any more, but the branch is", color: "red" as const };

/**
 * The message about a commit whose required check failed, in all of its states.
 *
 * @param first the failure in whose thread the message is
 * @param checks names of the failing checks to list; for a message in the channel those of the whole branch
 */
export function failureMessage(
  failure: ShownFailure,
  first: Pick<Failure, "sha"> | null,
  checks: string[] = [],
): SlackMessage {
  const { repository, branch, sha, url, commit, status } = failure;
  const { says, color } = checks.length > 0 && status !== "failing" ? stillRed : states[status];
  const branchName = escapeText(`${repository}@${branch}`);
  const build = url ? ` · ${link(url, "View build")}` : "";
  const text = `*${branchName}* ${commitLink(repository, sha)} ${says}${build}`;
  return {
    text: `${branchName} ${shortSha(sha)} ${says}`,
    blocks: [section([text, ...failingChecks(checks), ...remarks(failure, first)].join("\n"))],
    attachments: [
      {
        color: colors[color],
        fallback: `${shortSha(sha)} ${says}`,
        blocks: [
          ...(commit ? commitBlocks(commit) : [unknownCommit(repository, sha)]),
          ...(first ? [] : [reason(failure)]),
        ],
      },
    ],
  };
}

const MAX_CHECKS = 20;

function failingChecks(checks: string[]): string[] {
  const names = checks
    .slice(0, MAX_CHECKS)
    .map((name) => `*${clippedText(name || "required check", MAX_CHECK_NAME)}*`);
  const more = checks.length > MAX_CHECKS ? [`${checks.length - MAX_CHECKS} more`] : [];
  return checks.length === 0 ? [] : [`Failing: ${[...names, ...more].join(", ")}`];
}

function remarks({ repository, status, jobsMissing }: ShownFailure, first: Pick<Failure, "sha"> | null) {
  if (status !== "failing") return [];
  return [
    ...(jobsMissing ? ["Most of its jobs are missing: they have not started for ten minutes."] : []),
    ...(first
      ? [`It may only be failing because of the earlier commit ${commitLink(repository, first.sha)}.`]
      : []),
  ];
}

function reason({ service }: ShownFailure): KnownBlock {
  const text = `This is the channel of ${clippedText(service, MAX_NAME)} in ci-tooling.yaml. \`redBranch: off\` of the service ends these messages.`;
  return { type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] };
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

/** Lists the jobs of a check with their conclusions, as many as fit into a message. If some do not fit, those that failed come first. */
export function jobsMessage(jobs: Job[]): SlackMessage {
  const failed = jobs.filter(({ conclusion }) => !isPassing(conclusion));
  const passed = jobs.filter(({ conclusion }) => isPassing(conclusion));
  const all = pack(jobs.map(jobLine));
  const { sections, left } = all.left === 0 ? all : pack([...failed, ...passed].map(jobLine));
  const more = left > 0 ? [section(`… and ${left} more`)] : [];
  return {
    text: `${failed.length} of ${jobs.length} ${jobs.length === 1 ? "job" : "jobs"} did not pass`,
    blocks: [...sections.map(section), ...more],
  };
}

const MAX_REMARK = 300;

/** Lists what checks remarked about lines of the commit, as many as fit into a message. */
export function annotationsMessage(repository: string, sha: string, annotations: Annotation[]): SlackMessage {
  const { sections, left } = pack(
    annotations.map(({ path, line, message }) => {
      const page = `https://github.com/${repository}/blob/${sha}/${path.split("/").map(encodeURIComponent).join("/")}#L${line}`;
      const where =
        page.length <= MAX_LINE / 2
          ? link(page, `${path}:${line}`, MAX_NAME)
          : clippedText(`${path}:${line}`, MAX_NAME);
      return `${where} ${clippedText(message.replaceAll(/\s+/g, " ").trim(), MAX_REMARK)}`;
    }),
  );
  const more = left > 0 ? [section(`… and ${left} more`)] : [];
  return {
    text: `${annotations.length} ${annotations.length === 1 ? "annotation" : "annotations"} of the failed checks`,
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

/** Room for the block with the number of lines that do not fit. */
const MORE_LENGTH = 150;

/** Packs lines into sections of at most Slack's length, and the sections into a message. */
function pack(lines: string[]): { sections: string[]; left: number } {
  const sections: string[] = [];
  let current = "";
  const lengthWith = (text: string) => JSON.stringify([...sections, text].map(section)).length;
  for (const [index, next] of lines.entries()) {
    const joined = current === "" ? next : `${current}\n${next}`;
    if (joined.length > MAX_SECTION) {
      sections.push(current);
      current = "";
    }
    const extended = current === "" ? next : joined;
    const isFull =
      sections.length >= MAX_MESSAGE_BLOCKS - 1 || lengthWith(extended) > MAX_BLOCKS_LENGTH - MORE_LENGTH;
    if (isFull)
      return { sections: current === "" ? sections : [...sections, current], left: lines.length - index };
    current = extended;
  }
  return { sections: current === "" ? sections : [...sections, current], left: 0 };
}
