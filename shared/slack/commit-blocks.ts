import type { KnownBlock } from "@slack/web-api";
import type { CommitDetails } from "../github/commit-details.ts";
import { clippedText, escapeText, link } from "./mrkdwn.ts";

const MAX_TITLE = 250;
/** Enough to recognize a commit by, little enough to read past; with the title far below the 3,000 characters of a section. */
const MAX_BODY = 1000;
/** As GitHub shortens them. */
const SHORT_SHA = 7;

/** How a commit is shown: its title, linked, and body; its author with avatar and login. */
export function commitBlocks(commit: CommitDetails): KnownBlock[] {
  const title = `*${link(commit.url, commit.title || shortSha(commit.sha), MAX_TITLE)}*`;
  const body = clippedText(commit.body, MAX_BODY);
  // verbatim: Slack makes links and mentions out of plain text otherwise.
  const text = {
    type: "mrkdwn" as const,
    text: `${title}\n${body}`.trim(),
    verbatim: true,
  };
  return [{ type: "section", text }, authorBlock(commit)];
}

function authorBlock({ author: { login, name, avatarUrl } }: CommitDetails): KnownBlock {
  const who = login === null ? escapeText(name) : link(`https://github.com/${login}`, login);
  return {
    type: "context",
    elements: [
      ...(avatarUrl === null
        ? []
        : [{ type: "image" as const, image_url: avatarUrl, alt_text: login ?? name }]),
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
