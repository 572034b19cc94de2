import type { Config } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { wantsDeployNotifications } from "../../shared/database/users.ts";
import type { Event } from "../../shared/events/event.ts";
import { requiredChecksOf } from "../../shared/github/branch-rules.ts";
import { hasStatus, repositoryClient } from "../../shared/github/installation-client.ts";
import type { QueueFailure } from "../../shared/github/required-check.ts";
import { log } from "../../shared/observability/log.ts";
import { findMember } from "../../shared/slack/find-member.ts";
import { clippedText, link } from "../../shared/slack/mrkdwn.ts";
import { postOnce, type SlackMessage } from "../../shared/slack/slack-message.ts";

const MAX_NAME = 200;

/**
 * Tells the author of a pull request that a required check failed for its entry of the merge queue. Nobody else gets a message: the branch is as
 * it was. One message for an entry, however many of its checks fail.
 *
 * @throws GitHub's errors, what `callSlack` throws
 */
export async function tellQueueAuthor(event: Event, failure: QueueFailure, config: Config): Promise<void> {
  const { run, pullRequest, services } = failure;
  const [{ repository }] = services;
  const required = await Promise.all(services.map(requiredChecksOf));
  if (!required.flat().includes(run.name))
    return log("DEBUG", "No message: the merge queue does not require the check");
  const account = await readAuthor(repository, pullRequest);
  const author = account && (await findMember(database(), { ...account, email: null }, config));
  if (!author)
    return log(
      "INFO",
      "Nobody gets a message about a failure in the merge queue: Slack has no member who is the author",
      {
        repository,
        pullRequest,
        login: account?.login,
      },
    );

  if (!wantsDeployNotifications(author.user))
    return log(
      "INFO",
      "Nobody gets a message about a failure in the merge queue: its author has muted messages",
      {
        repository,
        pullRequest,
      },
    );
  const entry = `merge-queue ${run.headSha}`;
  const key = { subscriber: "required-checks", event: { id: entry }, lock: entry };
  await processOnce(key, async ({ isRetry }) => {
    // Another check's event may have begun: its message is not older than the run.
    const receivedAt = run.startedAt && run.startedAt < event.receivedAt ? run.startedAt : event.receivedAt;
    const posting = {
      channel: author.slackUser,
      event: { id: entry, receivedAt },
      part: "merge-queue",
      isRetry,
    };
    await postOnce(queueMessage(repository, failure), posting);
  });
}

/** https://docs.github.com/rest/pulls/pulls#get-a-pull-request @returns null if GitHub has no such pull request, or its author is gone */
async function readAuthor(
  repository: string,
  pull_number: number,
): Promise<{ login: string; githubId: number } | null> {
  const { github, owner, repo } = await repositoryClient(repository);
  try {
    const { data } = await github.rest.pulls.get({ owner, repo, pull_number });
    // GitHub sends null for a deleted account, contrary to the types.
    const user = data.user as { login: string; id: number } | null;
    return user && { login: user.login, githubId: user.id };
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

/** The direct message to the author. Pure. */
export function queueMessage(
  repository: string,
  { run, pullRequest }: Pick<QueueFailure, "run" | "pullRequest">,
): SlackMessage {
  const pull = link(`https://github.com/${repository}/pull/${pullRequest}`, `${repository}#${pullRequest}`);
  const check = run.url ? link(run.url, run.name, MAX_NAME) : clippedText(run.name, MAX_NAME);
  return {
    text: `Your pull request ${pull} failed in the merge queue: ${check} did not pass. You get this because the pull request is yours; nobody else is told. Write \`deploy notifications off\` to this app to get no more messages about your changes.`,
  };
}
