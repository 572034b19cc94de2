import type { Config } from "../../shared/config.ts";
import { knownDeploy } from "../../shared/database/deploys.ts";
import type { Attempt } from "../../shared/database/process-once.ts";
import { changeRemembered, rememberedMessage } from "../../shared/database/slack-messages.ts";
import { userOfSlack, wantsDeployNotifications } from "../../shared/database/users.ts";
import {
  type CommitDeploy,
  DEPLOY_READY,
  type DeployReadyContext,
  toCommitDeploy,
} from "../../shared/slack/deploy-ready-message/deploy-ready-context.ts";
import { deployReadyMessage } from "../../shared/slack/deploy-ready-message/deploy-ready-message.ts";
import { postOnce } from "../../shared/slack/post-once.ts";
import { updateMessage } from "../../shared/slack/update-message.ts";
import { deployedReply } from "./deployed-reply.ts";
import { supersedes } from "./is-news.ts";
import type { ProductionDeploy } from "./is-production-deploy.ts";
import { shouldAnnounce } from "./is-to-be-announced.ts";

interface Progress {
  event: ProductionDeploy;
  deployer: CommitDeploy["deployer"];
  config: Config;
}

/**
 * Draws a message as what is known by now of the event's deploy has it, whichever event brought it, and tells the author when the
 * commit is deployed.
 *
 * @param messageId of a `please-deploy` message that is remembered
 * @throws what Slack answers; then nothing is written down
 */
export async function refreshMessage(
  messageId: number,
  { event, deployer, config }: Progress,
  { tx, isRetry }: Attempt,
) {
  const message = await rememberedMessage<DeployReadyContext>(tx, messageId);
  const known = await knownDeploy(tx, event);
  if (!message || !known) return;
  const recipient = await userOfSlack(tx, message.context.recipient);
  const muted = recipient ? !wantsDeployNotifications(recipient) : message.context.muted;
  // An event may be about several messages of one person: each is its own part.
  const posting = (part: string) => ({ event, part: `${part} ${message.ref}`, isRetry });

  let placed = { channel: message.channel, ts: message.ts };
  let context = message.context;
  if (supersedes(context.deploy, { number: known.externalId, status: known.status })) {
    context = { ...context, muted, deploy: toCommitDeploy(known, deployer) };
    placed = await updateMessage(placed, deployReadyMessage(context, config), posting(DEPLOY_READY));
  }
  if (shouldAnnounce(event, { ...context, muted })) {
    const reply = deployedReply(
      { recipient: context.recipient, deployedSha: event.sha },
      config.releaseLinks,
    );
    await postOnce(reply, { ...posting("deployed"), channel: placed.channel, threadTs: placed.ts });
    context = { ...context, announced: true };
  }
  if (context !== message.context) await changeRemembered(tx, message.id, { ...placed, context });
}
