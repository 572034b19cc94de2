import type { Config } from "../../shared/config.ts";
import type { Event, GitHubEvent } from "../../shared/events/event.ts";
import type { CommitDetails } from "../../shared/github/commits.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";

type ReadyEvent = GitHubEvent & { checkRun: NonNullable<GitHubEvent["checkRun"]> };

/** Whether an event reports that a commit of the deployed branch passed the required check. */
export function isReady(
  event: Event,
  { deploy, requiredCheck }: Pick<Config, "deploy" | "requiredCheck">,
): event is ReadyEvent {
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

/** Whether a bot made a commit. */
export function isByBot(
  { login, name, email }: CommitDetails["author"],
  { botLogins, deploy }: Pick<Config, "botLogins" | "deploy">,
): boolean {
  const isListed = [login, name, email].some((word) => word !== null && deploy.bumpAuthors.includes(word));
  return isListed || (login !== null && isBotLogin(login, botLogins));
}
