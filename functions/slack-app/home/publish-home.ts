import type { Transaction } from "../../../shared/database/database.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import { userOfSlack, wantsDeployNotifications } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { callSlack } from "../../../shared/slack/call-slack.ts";
import { processingKey } from "../processing-key.ts";
import { homeView } from "./home-view.ts";

/** Shows somebody App Home. */
export async function showHome(event: SlackEvent, user: string) {
  await processOnce(processingKey(event, user), ({ tx }) => publishHome(tx, user));
}

/**
 * Publishes App Home as it has to look now, in the turn of its user: of two at once, the later one knows what the earlier one changed.
 * https://docs.slack.dev/reference/methods/views.publish
 */
export async function publishHome(tx: Transaction, slackUser: string, notice: string | null = null) {
  const user = await userOfSlack(tx, slackUser);
  const view = homeView({
    user: slackUser,
    login: user?.githubUser ?? null,
    muted: user !== undefined && !wantsDeployNotifications(user),
    notice,
  });
  await callSlack((slack) => slack.views.publish({ user_id: slackUser, view }));
}
