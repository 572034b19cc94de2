import type { Config } from "../../../shared/config.ts";
import type { Transaction } from "../../../shared/database/database.ts";
import { lastFinishedDeploy } from "../../../shared/database/deploys.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { relevantCommitsBetween } from "../../../shared/github/compare-commits.ts";
import { hasStatus } from "../../../shared/github/github-error.ts";
import { log } from "../../../shared/observability/log.ts";
import { callSlack, slackErrorCode } from "../../../shared/slack/call-slack.ts";
import { postOnce } from "../../../shared/slack/post-once.ts";
import { processingKey, type ReplyTarget, replyEphemeral } from "../reply.ts";
import { MAX_LISTED, type Undeployed, undeployedView } from "./undeployed-view.ts";

export interface UndeployedRequest {
  user: string;
  /** The commit whose button was pressed. */
  sha: string;
  /** The modal that opened on the press; null if Slack did not open it. */
  viewId: string | null;
  /** null for a button in App Home or in a modal. */
  target: ReplyTarget | null;
}

const notOpened =
  "Slack did not let me open the list of undeployed commits. Press *View undeployed commits* again.";

/** Lists the commits that would be deployed in the modal that opened when the button was pressed. */
export async function showUndeployed(event: SlackEvent, request: UndeployedRequest, config: Config) {
  const { user, sha, viewId, target } = request;
  await processOnce(processingKey(event, event.id), async ({ tx, isRetry }) => {
    if (viewId !== null)
      return updateView(viewId, undeployedView(sha, await findUndeployed(tx, sha, config), config));
    if (target) return replyEphemeral(user, target, notOpened);
    await postOnce({ text: notOpened }, { channel: user, event, part: "not-opened", isRetry });
  });
}

async function findUndeployed(tx: Transaction, sha: string, { deploy }: Config): Promise<Undeployed> {
  const last = await lastFinishedDeploy(tx, deploy);
  if (!last?.sha) return { state: "no-deploy" };
  const since = { number: last.externalId, link: last.link };
  try {
    const relevant = await relevantCommitsBetween(deploy, last.sha, sha, MAX_LISTED);
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
