import type { Config } from "../../../shared/config.ts";
import type { Transaction } from "../../../shared/database/database.ts";
import { lastFinishedDeploy } from "../../../shared/database/deploys.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { relevantCommitsBetween } from "../../../shared/github/relevant-commits-between.ts";
import { log } from "../../../shared/observability/log.ts";
import { callSlack, refusalOf } from "../../../shared/slack/call-slack.ts";
import { postOnce } from "../../../shared/slack/post-once.ts";
import { processingKey } from "../processing-key.ts";
import { replyEphemeral } from "../reply.ts";
import type { ReplyTarget } from "../reply-target.ts";
import { MAX_LISTED, type Undeployed, undeployedView } from "./undeployed-view.ts";

export interface UndeployedRequest {
  user: string;
  /** The commit whose button was pressed. */
  sha: string;
  /** The modal that was opened at the press; null when Slack did not open it. */
  viewId: string | null;
  /** Where the button was; null in App Home and in a modal. */
  place: ReplyTarget | null;
}

const notOpened =
  "Slack did not let me open the list of undeployed commits. Press *View undeployed commits* again.";

/** Fills the modal that opened when the button was pressed with what would be deployed. */
export async function showUndeployed(event: SlackEvent, request: UndeployedRequest, config: Config) {
  const { user, sha, viewId, place } = request;
  await processOnce(processingKey(event, event.id), async ({ tx, isRetry }) => {
    if (viewId !== null) return fill(viewId, undeployedView(sha, await undeployed(tx, sha, config), config));
    if (place) return replyEphemeral(user, place, notOpened);
    await postOnce({ text: notOpened }, { channel: user, event, part: "not-opened", isRetry });
  });
}

async function undeployed(tx: Transaction, sha: string, { deploy }: Config): Promise<Undeployed> {
  const last = await lastFinishedDeploy(tx, deploy);
  if (!last?.sha) return { known: "no-deploy" };
  const since = { number: last.externalId, link: last.link };
  try {
    const relevant = await relevantCommitsBetween(deploy, last.sha, sha, MAX_LISTED);
    return { known: "commits", since, ...relevant };
  } catch (error) {
    // A branch that was pushed over leaves shas behind that GitHub does not know any more.
    if ((error as { status?: number }).status !== 404) throw error;
    return { known: "no-comparison", since };
  }
}

/** https://docs.slack.dev/reference/methods/views.update */
async function fill(viewId: string, view: ReturnType<typeof undeployedView>) {
  try {
    await callSlack((slack) => slack.views.update({ view_id: viewId, view }));
  } catch (error) {
    if (refusalOf(error) !== "not_found") throw error;
    log("DEBUG", "The modal was closed before it was filled", { viewId });
  }
}
