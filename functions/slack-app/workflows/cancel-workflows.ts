import type { Config } from "../../../shared/config.ts";
import { database } from "../../../shared/database/database.ts";
import { userOfSlack } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { NotInstalledError } from "../../../shared/github/repository-client.ts";
import type { SlackMessage } from "../../../shared/slack/slack-message.ts";
import { longTask, type Work } from "../long-task.ts";
import { reply } from "../reply.ts";
import type { ReplyTarget } from "../reply-target.ts";
import * as message from "./cancel-message.ts";
import { type PullRequestReference, pullRequestIn } from "./pull-request-url.ts";
import { cancelRun, headOf, unfinishedRuns, type WorkflowRun } from "./unfinished-runs.ts";

export interface CancelRequest {
  user: string;
  /** What was written as the pull request's address. */
  url: string;
  place: ReplyTarget;
}

/** Cancels the workflow runs of a pull request that are not completed, for those who may ask for it. */
export async function cancelWorkflows(
  event: SlackEvent,
  { user, url, place }: CancelRequest,
  config: Config,
) {
  const pull = pullRequestIn(url);
  const known = await userOfSlack(database(), user);
  if (!known?.githubUser) return reply(event, place, message.notLinked);
  if (!pull) return reply(event, place, message.noPullRequest(url));
  if (pull.owner.toLowerCase() !== config.organization.toLowerCase())
    return reply(event, place, message.otherOrganization(config.organization));
  const start: WorkflowRun[] = [];
  const task = { kind: "cancel-workflows", event, place, opening: message.cancelling(pull), start };
  await longTask(task, (work) => cancelAll(pull, work));
}

async function cancelAll(pull: PullRequestReference, work: Work<WorkflowRun[]>): Promise<SlackMessage> {
  try {
    const head = await headOf(pull);
    if (!head) return message.notFound(pull);
    const cancelled = [...work.progress];
    for (const run of await unfinishedRuns(pull, head)) {
      await cancelRun(pull, run);
      // GitHub may list for a while what was cancelled before this attempt.
      if (!cancelled.some(({ id }) => id === run.id)) cancelled.push(run);
      await work.keep(cancelled);
    }
    return message.cancelled(pull, cancelled);
  } catch (error) {
    if (error instanceof NotInstalledError) return message.notInstalled(pull);
    throw error;
  }
}
