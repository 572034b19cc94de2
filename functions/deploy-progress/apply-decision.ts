import type { Config } from "../../shared/config.ts";
import { type Deploy, findDeploy } from "../../shared/database/deploys.ts";
import type { Attempt } from "../../shared/database/process-once.ts";
import { changeRemembered, rememberedMessage } from "../../shared/database/slack-messages.ts";
import { findUserBySlackId, wantsDeployNotifications } from "../../shared/database/users.ts";
import type { DeployStatus } from "../../shared/events/deployment.ts";
import type { Event } from "../../shared/events/event.ts";
import {
  type CommitDeploy,
  DEPLOY_READY,
  deployReadyContext,
  deployReadyMessage,
  serviceOfMessage,
  toCommitDeploy,
} from "../../shared/slack/deploy-ready-message.ts";
import { postOnce, updateMessage } from "../../shared/slack/slack-message.ts";
import { decideProgress } from "./decide.ts";
import { deployedReply } from "./deployed-reply.ts";

interface Progress {
  event: Event;
  /** The attempt that the event is about, as it was stored, and the status that the event reports. */
  saved: Deploy;
  reported: DeployStatus;
  deployer: CommitDeploy["deployer"];
  config: Config;
}

/**
 * Brings a message up to date with the event's deploy, and replies to it once the commit is deployed.
 *
 * @param messageId of a stored deploy-ready message
 * @throws what `callSlack` throws; then the stored message is unchanged
 */
export async function applyDecision(
  messageId: number,
  { event, saved, reported, deployer, config }: Progress,
  { tx, isRetry }: Attempt,
) {
  const message = await rememberedMessage(tx, messageId, deployReadyContext);
  const deploy = await findDeploy(tx, saved.rowId);
  if (!message || !deploy) return;
  const recipient = await findUserBySlackId(tx, message.context.recipient);
  const muted = recipient ? !wantsDeployNotifications(recipient) : message.context.muted;
  const current = { deploy: toCommitDeploy(deploy, deployer), muted };
  const { redraw, announce, context } = decideProgress(message.context, current, reported);
  if (!redraw && !announce) return;

  // One event may be about several messages to the same person: the ref distinguishes them.
  const posting = (part: string) => ({ event, part: `${part} ${message.ref}`, isRetry });
  let posted = { channel: message.channel, ts: message.ts };
  if (redraw)
    posted = await updateMessage(posted, deployReadyMessage(context, config.services), posting(DEPLOY_READY));
  if (announce) {
    const reply = deployedReply(
      { recipient: context.recipient, deployedSha: saved.sha ?? message.ref },
      serviceOfMessage(context, config.services)?.releaseLinks ?? [],
    );
    await postOnce(reply, { ...posting("deployed"), channel: posted.channel, threadTs: posted.ts });
  }
  await changeRemembered(tx, message.id, { ...posted, context });
}
