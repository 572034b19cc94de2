import type { Event, FreightEvent } from "../../shared/events/event.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { servicesDeployedBy } from "../../shared/organization/services.ts";
import type { CommitDeploy, DeployReadyContext } from "../../shared/slack/deploy-ready-message.ts";

export type ProductionDeploy = FreightEvent & { sha: string };

export interface Current {
  /** The event's deploy as the database has it: another event may have reported a later status. */
  deploy: CommitDeploy;
  /** Whether the recipient has muted deploy notifications. */
  muted: boolean;
}

export interface ProgressDecision {
  /** Whether to redraw the message from `context`. */
  redraw: boolean;
  /** Whether to reply in the thread that the commit is deployed. */
  announce: boolean;
  /** State of the message after both. */
  context: DeployReadyContext;
}

/** Whether an event reports a deploy of a service to production. Freight may report one before it has resolved the sha. */
export function isProductionDeploy(event: Event, services: Service[]): event is ProductionDeploy {
  return (
    event.source === "freight" &&
    servicesDeployedBy(services, event.source, event).length > 0 &&
    event.sha !== null &&
    event.sha !== ""
  );
}

/**
 * Decides what an event about a deploy changes in the message about one of the deploy's commits.
 *
 * @param shown state of the message before the event
 * @returns `shown` itself as the context if nothing changes
 */
export function decideProgress(
  shown: DeployReadyContext,
  { deploy, muted }: Current,
  event: Pick<FreightEvent, "status" | "number">,
): ProgressDecision {
  const redraw = supersedes(shown.deploy, deploy);
  const redrawn = redraw ? { ...shown, muted, deploy } : shown;
  const announce = shouldAnnounce(event, { ...redrawn, muted });
  return { redraw, announce, context: announce ? { ...redrawn, announced: true } : redrawn };
}

/**
 * Whether a message that shows one deploy has to show another one, or another status, instead. Deploys may be reported in any order:
 * a finished deploy stays, and before that the newest deploy counts.
 */
export function supersedes(
  shown: Pick<CommitDeploy, "number" | "status"> | null,
  current: Pick<CommitDeploy, "number" | "status">,
): boolean {
  if (shown === null) return true;
  if (shown.status === "finished") return false;
  if (current.status === "finished" || current.number > shown.number) return true;
  return current.number === shown.number && current.status !== shown.status;
}

/** Whether this event announces the deploy to the author: it reports that the deploy shown in the message has finished. */
export function shouldAnnounce(
  { status, number }: Pick<FreightEvent, "status" | "number">,
  { deploy, announced, muted }: Pick<DeployReadyContext, "deploy" | "announced" | "muted">,
): boolean {
  const isShown = status === "finished" && deploy?.status === "finished" && deploy.number === number;
  return isShown && !announced && !muted;
}
