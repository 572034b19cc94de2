import { z } from "zod";
import { database } from "../../../shared/database/database.ts";
import { findUserBySlackId } from "../../../shared/database/users.ts";
import { NotInstalledError } from "../../../shared/github/installation-client.ts";
import type { SlackMessage } from "../../../shared/slack/slack-message.ts";
import { defineCommand } from "../define-command.ts";
import { longTask, type Work } from "../long-task.ts";
import { reply } from "../reply.ts";
import * as message from "./cancel-message.ts";
import {
  cancelRun,
  listUnfinishedRuns,
  type PullRequestReference,
  parsePullRequestUrl,
  readHead,
  type WorkflowRun,
  workflowRun,
} from "./pull-request-runs.ts";

/** Cancels the workflow runs of a pull request, for users whose GitHub login is linked. */
export const cancelWorkflows = defineCommand({
  usage: "`gha cancel &lt;pull request URL&gt;`",
  help: "cancels the workflow runs of a pull request that are still going on",
  parse(words) {
    const match = /^gha cancel\b(?: (?<url>.*))?/i.exec(words);
    return match && { url: match.groups?.url ?? "" };
  },
  async run({ event, user, target, app }, { url }) {
    const { organization } = app.config;
    const pull = parsePullRequestUrl(url);
    const author = await findUserBySlackId(database(), user);
    if (!author?.githubUser) return reply(event, target, message.notLinked);
    if (!pull) return reply(event, target, message.noPullRequest(url));
    if (pull.owner.toLowerCase() !== organization.toLowerCase())
      return reply(event, target, message.otherOrganization(organization));
    const task = {
      kind: "cancel-workflows",
      event,
      target,
      opening: message.cancelling(pull),
      progress: z.array(workflowRun),
      initialProgress: [],
    };
    await longTask(task, (work) => cancelAll(pull, work));
  },
});

async function cancelAll(pull: PullRequestReference, work: Work<WorkflowRun[]>): Promise<SlackMessage> {
  try {
    const head = await readHead(pull);
    if (!head) return message.notFound(pull);
    const cancelled = [...work.progress];
    for (const run of await listUnfinishedRuns(pull, head)) {
      await cancelRun(pull, run);
      // GitHub may still list runs for a while that an earlier attempt cancelled.
      if (!cancelled.some(({ id }) => id === run.id)) cancelled.push(run);
      await work.saveProgress(cancelled);
    }
    return message.cancelled(pull, cancelled);
  } catch (error) {
    if (error instanceof NotInstalledError) return message.notInstalled(pull);
    throw error;
  }
}
