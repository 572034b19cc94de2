import { mergeGroupPayload } from "../emulators/github/webhooks/merge-group.ts";
import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery, PastDelivery } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";
import { type DemoPullRequest, pullRequestDelivery } from "./pull-requests.ts";

/** Minutes. */
const WAIT = 14;

/** Two of five pull requests go through the merge queue, if they are open for long enough. @param merged minutes since midnight */
export function isQueued({ number, opened }: DemoPullRequest, merged: number): boolean {
  return number % 5 < 2 && merged - opened > 3 * WAIT;
}

/**
 * The way of a pull request through the merge queue: enqueued, tested in a group, and dequeued by its merge. The group of some fails once
 * before.
 *
 * @param merged minutes since midnight
 */
export function queueDeliveries(clock: DayClock, pull: DemoPullRequest, merged: number): PastDelivery[] {
  const attempts = [
    ...(pull.number % 10 === 0 ? [{ left: merged - WAIT - 6, reason: "CI_FAILURE" }] : []),
    { left: merged, reason: "MERGE" },
  ];
  return attempts.flatMap(({ left, reason }) => {
    const wait = 5 + clock.number(`queue ${pull.repository} ${pull.number} ${reason}`, WAIT - 5);
    const enqueued = left - wait;
    return [
      { at: enqueued, delivery: moveDelivery(clock, pull, { action: "enqueued", at: enqueued }) },
      { at: enqueued + 1, delivery: groupDelivery(clock, pull, enqueued + 1) },
      { at: left, delivery: moveDelivery(clock, pull, { action: "dequeued", at: left, reason }) },
    ];
  });
}

function moveDelivery(
  clock: DayClock,
  pull: DemoPullRequest,
  move: { action: "enqueued"; at: number } | { action: "dequeued"; at: number; reason: string },
): DemoDelivery {
  return pullRequestDelivery(
    clock,
    pull,
    { ...move, at: clock.at(move.at), sender: pull.author },
    `${move.at}`,
  );
}

function groupDelivery(clock: DayClock, pull: DemoPullRequest, at: number): DemoDelivery {
  const { repository, number: pullRequest, baseSha, author: sender } = pull;
  const headSha = clock.hex(`${repository} ${pullRequest} group ${at}`, 40);
  return githubDelivery(clock, {
    event: "merge_group",
    key: `merge_group ${headSha}`,
    label: `${repository}#${pullRequest} is tested in the merge queue`,
    payload: mergeGroupPayload({ repository, pullRequest, headSha, baseSha, at: clock.at(at), sender }),
  });
}
