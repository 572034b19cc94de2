import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import type { GitHubEvent } from "../../shared/events/github-event.ts";

export type Ready = GitHubEvent & { checkRun: NonNullable<GitHubEvent["checkRun"]> };

/** Whether an event says that a commit of the deployed branch passed the required check. */
export function isReady(
  event: Event,
  { deploy, requiredCheck }: Pick<Config, "deploy" | "requiredCheck">,
): event is Ready {
  return (
    event.source === "github" &&
    event.event === "check_run" &&
    event.action === "completed" &&
    event.repository?.fullName === deploy.repository &&
    event.checkRun?.name === requiredCheck.name &&
    event.checkRun.headBranch === deploy.branch &&
    event.checkRun.conclusion === "success"
  );
}
