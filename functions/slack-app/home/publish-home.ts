import type { Transaction } from "../../../shared/database/database.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import { findUserBySlackId, wantsDeployNotifications } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { log } from "../../../shared/observability/log.ts";
import { callSlack, isUnknownUser } from "../../../shared/slack/call-slack.ts";
import type { AppContext } from "../define-command.ts";
import { processingKey } from "../reply.ts";
import { homeView } from "./home-view.ts";

/** Publishes App Home when a user opens it. */
export async function showHome(event: SlackEvent, user: string, app: AppContext) {
  await processOnce(processingKey(event, user), ({ tx }) => publishHome(tx, user, app));
}

/**
 * Publishes App Home in its current state. Call it while holding the user's lock: of two concurrent events, the later one then reads what
 * the earlier one changed.
 * https://docs.slack.dev/reference/methods/views.publish
 *
 * @param notice result of the user's last action, in mrkdwn
 */
export async function publishHome(
  tx: Transaction,
  slackUser: string,
  { commandList }: Pick<AppContext, "commandList">,
  notice: string | null = null,
) {
  const user = await findUserBySlackId(tx, slackUser);
  const view = homeView({
    user: slackUser,
    login: user?.githubUser ?? null,
    muted: user !== undefined && !wantsDeployNotifications(user),
    notice,
    commandList,
  });
  try {
    await callSlack((slack) => slack.views.publish({ user_id: slackUser, view }));
  } catch (error) {
    if (!isUnknownUser(error)) throw error;
    log("INFO", "App Home is not published for a user whom Slack does not know", { user: slackUser });
  }
}
