import type { KnownBlock, ModalView } from "@slack/web-api";
import type { Config } from "../../../shared/config.ts";
import type { CommitDetails } from "../../../shared/github/commit-details.ts";
import { commitLink, shortSha } from "../../../shared/slack/commit-blocks.ts";
import { deployButton } from "../../../shared/slack/deploy-ready-message/buttons.ts";
import { clippedText, link } from "../../../shared/slack/mrkdwn.ts";
import { MAX_VIEW_BLOCKS } from "../../../shared/slack/slack-message.ts";

/** Blocks that are no commit: what is listed, how many more there are, and the button. */
const OTHER_BLOCKS = 3;
/** Most commits that a modal can list. */
export const MAX_LISTED = MAX_VIEW_BLOCKS - OTHER_BLOCKS;
const MAX_TITLE = 250;
const MAX_NAME = 100;

export interface LastDeploy {
  number: number;
  /** Freight's page of it. */
  link: string | null;
}

export type Undeployed =
  /** No deploy to production is known that finished. */
  | { known: "no-deploy" }
  /** GitHub cannot compare the two. */
  | { known: "no-comparison"; since: LastDeploy }
  /** @property commits newest first, at most MAX_LISTED of them */
  | { known: "commits"; since: LastDeploy; total: number; commits: CommitDetails[] };

/** The modal that lists what would be deployed with a commit. Pure. */
export function undeployedView(
  sha: string,
  undeployed: Undeployed,
  config: Pick<Config, "freightUrl" | "deploy">,
): ModalView {
  const nothing = undeployed.known === "commits" && undeployed.total === 0;
  return {
    type: "modal",
    title: { type: "plain_text", text: title(undeployed) },
    close: { type: "plain_text", text: "Close" },
    blocks: [
      section(says(sha, undeployed, config.deploy.repository)),
      ...(undeployed.known === "commits" ? listed(undeployed) : []),
      ...(nothing ? [] : [{ type: "actions" as const, elements: [deployButton(sha, config)] }]),
    ],
  };
}

/** At most 24 characters, https://docs.slack.dev/reference/views/modal-views */
function title(undeployed: Undeployed): string {
  if (undeployed.known !== "commits") return "Undeployed commits";
  const { total } = undeployed;
  return `${total} undeployed commit${total === 1 ? "" : "s"}`;
}

function says(sha: string, undeployed: Undeployed, repository: string): string {
  const commit = commitLink(repository, sha);
  if (undeployed.known === "no-deploy")
    return `No deploy to production is known that finished, so there is nothing to compare ${commit} with.`;
  const { number, link: page } = undeployed.since;
  const deploy = page === null ? `#${number}` : link(page, `#${number}`);
  if (undeployed.known === "no-comparison")
    return `GitHub cannot compare ${commit} with what the last deploy, ${deploy}, brought to production.`;
  if (undeployed.total === 0)
    return `Nothing to deploy: ${commit} is in production since ${deploy}, or longer.`;
  return `Deploying ${commit} would bring to production what came after the last deploy, ${deploy}:`;
}

function listed({ total, commits }: { total: number; commits: CommitDetails[] }): KnownBlock[] {
  const more = total - commits.length;
  return [...commits.map(commitBlock), ...(more > 0 ? [section(`… and ${more} more`)] : [])];
}

/** One block a commit, so that as many as possible are listed. */
function commitBlock({ repository, sha, url, title: name, author }: CommitDetails): KnownBlock {
  const who =
    author.login === null
      ? clippedText(author.name || "unknown", MAX_NAME)
      : link(`https://github.com/${author.login}`, author.login);
  return section(`*${link(url, name || shortSha(sha), MAX_TITLE)}*\n${who} · ${commitLink(repository, sha)}`);
}

function section(text: string): KnownBlock {
  // verbatim: Slack makes links and mentions out of plain text otherwise.
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
