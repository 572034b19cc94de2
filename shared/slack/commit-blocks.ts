import type { KnownBlock } from "@slack/web-api";
import type { CommitDetails } from "../github/commits.ts";
import { findReverted } from "../github/find-reverted.ts";
import { clipped, clippedText, link, section } from "./mrkdwn.ts";

const MAX_TITLE = 250;
/** Enough to recognize a commit. Title and body fit into the 3,000 characters of a section. */
const MAX_BODY = 1000;
const MAX_NAME = 100;
/** GitHub shortens shas to this length too. */
const SHORT_SHA = 7;

/** A commit's linked title, what it reverts, and its body, and below them the author's avatar and login. */
export function commitBlocks(commit: CommitDetails): KnownBlock[] {
  const title = `*${link(commit.url, commit.title || shortSha(commit.sha), MAX_TITLE)}*`;
  const body = clippedText(commit.body, MAX_BODY);
  return [section([title, ...revertLines(commit), body].join("\n").trim()), authorBlock(commit)];
}

/** A body may be long, and the sentence about the reverted commit stands at its end. */
function revertLines({ repository, title, body }: CommitDetails): string[] {
  const reverted = findReverted(title, body);
  const parts = [
    ...(reverted?.commit ? [commitLink(repository, reverted.commit)] : []),
    ...(reverted?.pullRequest
      ? [link(`https://github.com/${repository}/pull/${reverted.pullRequest}`, `#${reverted.pullRequest}`)]
      : []),
  ];
  return parts.length > 0 ? [`Reverts ${parts.join(", ")}`] : [];
}

function authorBlock({ author: { login, name, avatarUrl } }: CommitDetails): KnownBlock {
  // Git allows an empty name; Slack rejects an empty text.
  const nameless = { text: "unknown author", alt: "author" };
  const who =
    login === null
      ? clippedText(name, MAX_NAME) || nameless.text
      : link(`https://github.com/${login}`, login, MAX_NAME);
  const alt_text = clipped(login ?? name, MAX_NAME) || nameless.alt;
  return {
    type: "context",
    elements: [
      ...(avatarUrl ? [{ type: "image" as const, image_url: avatarUrl, alt_text }] : []),
      { type: "mrkdwn", text: who, verbatim: true },
    ],
  };
}

/** The first characters of a sha, linked to GitHub's page of the commit. */
export function commitLink(repository: string, sha: string): string {
  return `<https://github.com/${repository}/commit/${sha}|\`${shortSha(sha)}\`>`;
}

export function shortSha(sha: string): string {
  return sha.slice(0, SHORT_SHA);
}
