import type { KnownBlock, ModalView } from "@slack/web-api";
import type { Config } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { lastFinishedDeploy } from "../../shared/database/deploys.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { type CommitDetails, relevantCommitsBetween } from "../../shared/github/commits.ts";
import { hasStatus } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { listTargets } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { callSlack, slackErrorCode } from "../../shared/slack/call-slack.ts";
import { commitLink, shortSha } from "../../shared/slack/commit-blocks.ts";
import { deployButton } from "../../shared/slack/deploy-ready-buttons.ts";
import {
  type CommitDeploy,
  deploymentName,
  serviceOfMessage,
} from "../../shared/slack/deploy-ready-message.ts";
import { clippedText, link, section } from "../../shared/slack/mrkdwn.ts";
import { MAX_VIEW_BLOCKS, postOnce } from "../../shared/slack/slack-message.ts";
import { fetchMember, membersOnly } from "./member.ts";
import { processingKey, type ReplyTarget, replyEphemeral } from "./reply.ts";

export interface UndeployedRequest {
  user: string;
  /** The commit whose button was pressed. */
  sha: string;
  /** Name of the service. Buttons of releases that knew one service name none. */
  service?: string;
  /** The modal that opened on the press; null if Slack did not open it. */
  viewId: string | null;
  /** null for a button in App Home or in a modal. */
  target: ReplyTarget | null;
}

const notOpened =
  "Slack did not let me open the list of undeployed commits. Press *View undeployed commits* again.";

const notConfigured = "This service is not in my configuration any more.";

/** Lists the commits that would be deployed in the modal that opened when the button was pressed. */
export async function showUndeployed(event: SlackEvent, request: UndeployedRequest, config: Config) {
  const { user, sha, viewId, target } = request;
  const service = serviceOfMessage(request, config.services);
  // The commits may be private, and guests and strangers of Slack Connect see the button too.
  const member = await fetchMember(user, config.emailDomain);
  // No transaction is open while GitHub is asked, up to a hundred times.
  const undeployed =
    member && service && viewId !== null ? await findUndeployed(sha, service, config.services) : null;
  await processOnce(processingKey(event, event.id), async ({ isRetry }) => {
    if (!member) return refuse(request, config);
    if (viewId !== null && !service) return updateView(viewId, noticeView(notConfigured));
    if (viewId !== null && service && undeployed)
      return updateView(viewId, undeployedView(sha, undeployed, service));
    if (target) return replyEphemeral(user, target, notOpened);
    await postOnce({ text: notOpened }, { channel: user, event, part: "not-opened", isRetry });
  });
}

async function refuse({ user, viewId, target }: UndeployedRequest, { emailDomain }: Config) {
  const text = membersOnly(emailDomain);
  if (viewId !== null) return updateView(viewId, noticeView(text));
  if (target) return replyEphemeral(user, target, text);
}

/** A modal with one sentence, in mrkdwn. */
function noticeView(text: string): ModalView {
  return {
    type: "modal",
    title: { type: "plain_text", text: "Undeployed commits" },
    close: { type: "plain_text", text: "Close" },
    blocks: [section(text)],
  };
}

async function findUndeployed(sha: string, service: Service, services: Service[]): Promise<Undeployed> {
  const last = await lastFinishedDeploy(database(), listTargets(service, services));
  if (!last?.sha) return { state: "no-deploy" };
  const since = { number: last.number, environment: last.environment, link: last.link };
  try {
    const relevant = await relevantCommitsBetween(service, last.sha, sha, MAX_LISTED);
    return { state: "commits", since, ...relevant };
  } catch (error) {
    // A force push leaves shas that GitHub no longer knows.
    if (!hasStatus(error, 404)) throw error;
    return { state: "no-comparison", since };
  }
}

/** https://docs.slack.dev/reference/methods/views.update */
async function updateView(viewId: string, view: ReturnType<typeof undeployedView>) {
  try {
    await callSlack((slack) => slack.views.update({ view_id: viewId, view }));
  } catch (error) {
    if (slackErrorCode(error) !== "not_found") throw error;
    log("DEBUG", "The user closed the modal before it was updated", { viewId });
  }
}

/** Blocks besides the commits: the heading, the number of further commits, and the button. */
const OTHER_BLOCKS = 3;
/** A modal lists at most this many commits. */
export const MAX_LISTED = MAX_VIEW_BLOCKS - OTHER_BLOCKS;
const MAX_TITLE = 250;
const MAX_NAME = 100;

type LastDeploy = Pick<CommitDeploy, "number" | "environment" | "link">;

export type Undeployed =
  /** The database has no finished production deploy. */
  | { state: "no-deploy" }
  /** GitHub cannot compare the commit with the last deploy. */
  | { state: "no-comparison"; since: LastDeploy }
  /** @property commits newest first, at most MAX_LISTED of them */
  | { state: "commits"; since: LastDeploy; total: number; commits: CommitDetails[] };

/** The modal that lists the commits that would be deployed with `sha`. Pure. */
export function undeployedView(sha: string, undeployed: Undeployed, service: Service): ModalView {
  const button = deployButton(sha, service);
  const nothing = undeployed.state === "commits" && undeployed.total === 0;
  return {
    type: "modal",
    title: { type: "plain_text", text: title(undeployed) },
    close: { type: "plain_text", text: "Close" },
    blocks: [
      section(heading(sha, undeployed, service.repository)),
      ...(undeployed.state === "commits" ? commitList(undeployed) : []),
      ...(nothing || !button ? [] : [{ type: "actions" as const, elements: [button] }]),
    ],
  };
}

/** At most 24 characters, https://docs.slack.dev/reference/views/modal-views */
function title(undeployed: Undeployed): string {
  if (undeployed.state !== "commits") return "Undeployed commits";
  const { total } = undeployed;
  return `${total} undeployed commit${total === 1 ? "" : "s"}`;
}

function heading(sha: string, undeployed: Undeployed, repository: string): string {
  const commit = commitLink(repository, sha);
  if (undeployed.state === "no-deploy")
    return `No finished deploy to production is known, so there is nothing to compare ${commit} with.`;
  const deploy = deploymentName(undeployed.since);
  if (undeployed.state === "no-comparison")
    return `GitHub cannot compare ${commit} with the last deploy to production, ${deploy}.`;
  if (undeployed.total === 0)
    return `Nothing to deploy: ${commit} has been in production since ${deploy} or longer.`;
  return `Deploying ${commit} would bring to production everything since the last deploy, ${deploy}:`;
}

function commitList({ total, commits }: { total: number; commits: CommitDetails[] }): KnownBlock[] {
  const more = total - commits.length;
  return [...commits.map(commitBlock), ...(more > 0 ? [section(`… and ${more} more`)] : [])];
}

/** One block per commit, so that as many commits as possible fit. */
function commitBlock({ repository, sha, url, title: name, author }: CommitDetails): KnownBlock {
  const by =
    author.login === null
      ? clippedText(author.name || "unknown", MAX_NAME)
      : link(`https://github.com/${author.login}`, author.login);
  return section(`*${link(url, name || shortSha(sha), MAX_TITLE)}*\n${by} · ${commitLink(repository, sha)}`);
}
