import {
  type PullRequestAction,
  type PullRequestDescription,
  pullRequestPayload,
  pullRequestReviewPayload,
} from "../emulators/github/webhooks/pull-request.ts";
import { pushPayload } from "../emulators/github/webhooks/push.ts";
import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";

export interface DemoPullRequest {
  /** owner/name */
  repository: string;
  number: number;
  title: string;
  body?: string;
  /** Login. */
  author: string;
  branch: string;
  headSha: string;
  baseSha: string;
  /** Minutes since midnight. */
  opened: number;
}

/** Times are minutes since midnight. */
export interface DemoReview {
  /** Login. */
  by: string;
  requested: number;
  submitted: number;
}

/** Times are minutes since midnight. */
export interface DemoPush {
  /** When each commit was authored, oldest first. */
  authored: number[];
  at: number;
}

/** The push of the branch, before the pull request is opened. */
export function pushDelivery(
  clock: DayClock,
  pull: DemoPullRequest,
  { authored, at }: DemoPush,
): DemoDelivery {
  const { repository, branch, headSha, author, title } = pull;
  const commits = authored.map((moment, index) => {
    const sha = index === authored.length - 1 ? headSha : clock.hex(`${headSha} commit ${index}`, 40);
    return {
      sha,
      treeSha: clock.hex(`${sha} tree`, 40),
      message: index === 0 ? title : "Do what the review asked for",
      authoredAt: clock.at(moment),
    };
  });
  return githubDelivery(clock, {
    event: "push",
    key: `push ${repository} ${headSha}`,
    label: `${author} pushes to ${branch}`,
    payload: pushPayload({ repository, branch, author, commits, at: clock.at(at) }),
  });
}

export function openedDelivery(clock: DayClock, pull: DemoPullRequest): DemoDelivery {
  return pullRequestDelivery(clock, pull, {
    action: "opened",
    at: clock.at(pull.opened),
    sender: pull.author,
  });
}

/** The request for a review, and the approval. */
export function reviewDeliveries(clock: DayClock, pull: DemoPullRequest, review: DemoReview): DemoDelivery[] {
  const { repository, number } = pull;
  const { by, requested, submitted } = review;
  const id = clock.number(`review ${repository} ${number}`, 900_000_000);
  return [
    pullRequestDelivery(clock, pull, {
      action: "review_requested",
      at: clock.at(requested),
      sender: pull.author,
      reviewer: by,
    }),
    githubDelivery(clock, {
      event: "pull_request_review",
      key: `pull_request_review ${repository} ${number} submitted`,
      label: `${repository}#${number} submitted`,
      payload: pullRequestReviewPayload(describe(clock, pull), { id, at: clock.at(submitted), sender: by }),
    }),
  ];
}

/** @param end `mergeSha` is null if the pull request was closed without merging */
export function closedDelivery(
  clock: DayClock,
  pull: DemoPullRequest,
  { at, by, mergeSha }: { at: number; by: string; mergeSha: string | null },
): DemoDelivery {
  return pullRequestDelivery(clock, pull, { action: "closed", at: clock.at(at), sender: by, mergeSha });
}

/** @param occurrence distinguishes an action that a pull request sees several times */
export function pullRequestDelivery(
  clock: DayClock,
  pull: DemoPullRequest,
  action: PullRequestAction,
  occurrence = "",
): DemoDelivery {
  const { repository, number } = pull;
  return githubDelivery(clock, {
    event: "pull_request",
    key: `pull_request ${repository} ${number} ${action.action}${occurrence && ` ${occurrence}`}`,
    label: `${repository}#${number} ${action.action}`,
    payload: pullRequestPayload(describe(clock, pull), action),
  });
}

function describe(clock: DayClock, pull: DemoPullRequest): PullRequestDescription {
  const { repository, number, title, body, author, branch, headSha, baseSha, opened } = pull;
  const key = `${repository} ${number}`;
  return {
    repository,
    ...(body !== undefined && { body }),
    size: {
      additions: 1 + clock.number(`additions ${key}`, 240),
      deletions: clock.number(`deletions ${key}`, 90),
      changedFiles: 1 + clock.number(`files ${key}`, 9),
      commits: 1 + clock.number(`commits ${key}`, 3),
    },
    id: 500_000_000 + clock.number(`pull ${repository} ${number}`, 400_000_000),
    number,
    title,
    author,
    branch,
    headSha,
    baseSha,
    testMergeSha: clock.hex(`${headSha} test merge`, 40),
    openedAt: clock.at(opened),
  };
}
