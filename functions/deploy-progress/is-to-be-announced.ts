import type { FreightEvent } from "../../shared/events/freight-event.ts";
import type { DeployReadyContext } from "../../shared/slack/deploy-ready-message/deploy-ready-context.ts";

/**
 * Whether an event is the one with which the author is told that the commit is deployed: that the deploy finished which the message tells of.
 * Once, and not to those who have muted deploy notifications.
 */
export function shouldAnnounce(
  { status, number }: Pick<FreightEvent, "status" | "number">,
  { deploy, announced, muted }: Pick<DeployReadyContext, "deploy" | "announced" | "muted">,
): boolean {
  const isTheDeploy = status === "finished" && deploy?.status === "finished" && deploy.number === number;
  return isTheDeploy && !announced && !muted;
}
