import { isNewer, isSameAttempt } from "../../shared/deployments/is-newer.ts";
import type { DeployStatus } from "../../shared/events/deployment.ts";
import {
  type CommitDeploy,
  type DeployReadyContext,
  toOrdered,
} from "../../shared/slack/deploy-ready-message.ts";

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

/**
 * Decides what an event about a deployment changes in the message about one of its commits.
 *
 * @param shown state of the message before the event
 * @param reported status that the event reports
 * @returns `shown` itself as the context if nothing changes
 */
export function decideProgress(
  shown: DeployReadyContext,
  { deploy, muted }: Current,
  reported: DeployStatus,
): ProgressDecision {
  const redraw = supersedes(shown.deploy, deploy);
  const redrawn = redraw ? { ...shown, muted, deploy } : shown;
  const announce = shouldAnnounce({ ...deploy, status: reported }, { ...redrawn, muted });
  return { redraw, announce, context: announce ? { ...redrawn, announced: true } : redrawn };
}

type Shown = Omit<CommitDeploy, "link" | "title" | "duration" | "deployer" | "environment">;

/**
 * Whether a message that shows one deployment has to show another one, or another status, instead. Deployments may be reported in any
 * order: a finished one stays, and before that the newest one counts.
 */
export function supersedes(shown: Shown | null, current: Shown): boolean {
  if (shown === null) return true;
  if (shown.status === "finished") return false;
  const [before, now] = [toOrdered(shown), toOrdered(current)];
  if (current.status === "finished" || isNewer(now, before)) return true;
  return isSameAttempt(now, before) && current.status !== shown.status;
}

/** Whether a report announces the deployment to the author: it says that the deployment shown in the message has finished. */
export function shouldAnnounce(
  reported: Shown,
  { deploy, announced, muted }: Pick<DeployReadyContext, "deploy" | "announced" | "muted">,
): boolean {
  const isShown =
    reported.status === "finished" &&
    deploy?.status === "finished" &&
    isSameAttempt(toOrdered(deploy), toOrdered(reported));
  return isShown && !announced && !muted;
}
