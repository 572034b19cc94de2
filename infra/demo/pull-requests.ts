import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { accountPayload, githubDelivery, repositoryPayload } from "./github-delivery.ts";

export interface DemoPullRequest {
  /** owner/name */
  repository: string;
  number: number;
  title: string;
  /** Login. */
  author: string;
  branch: string;
  headSha: string;
  baseSha: string;
  /** Minutes since midnight, as all moments here. */
  opened: number;
}

export interface DemoReview {
  by: string;
  requested: number;
  submitted: number;
}

export interface DemoPush {
  /** When each commit was authored, oldest first. */
  authored: number[];
  at: number;
}

type State = Record<string, unknown>;

/** Commits are pushed to the branch of a pull request that is yet to be opened. */
export function pushDelivery(
  clock: DayClock,
  pull: DemoPullRequest,
  { authored, at }: DemoPush,
): DemoDelivery {
  const { repository, branch, headSha, author, title } = pull;
  const commits = authored.map((moment, index) => {
    const id = index === authored.length - 1 ? headSha : clock.hex(`${headSha} commit ${index}`, 40);
    const person = { name: author, email: `${author}@users.noreply.github.com`, username: author };
    return {
      id,
      tree_id: clock.hex(`${id} tree`, 40),
      distinct: true,
      message: index === 0 ? title : "Do what the review asked for",
      timestamp: clock.at(moment),
      url: `https://github.com/${repository}/commit/${id}`,
      author: person,
      committer: person,
      added: [],
      removed: [],
      modified: ["README.md"],
    };
  });
  const before = "0".repeat(40);
  return githubDelivery(clock, {
    event: "push",
    key: `push ${repository} ${headSha}`,
    label: `${author} pushes to ${branch}`,
    repository,
    sender: author,
    body: {
      ref: `refs/heads/${branch}`,
      before,
      after: headSha,
      created: true,
      deleted: false,
      forced: false,
      base_ref: null,
      compare: `https://github.com/${repository}/compare/${branch}`,
      commits,
      head_commit: commits.at(-1),
      pusher: { name: author, email: `${author}@users.noreply.github.com` },
      repository: { pushed_at: Math.floor(Date.parse(clock.at(at)) / 1000) },
    },
  });
}

export function openedDelivery(clock: DayClock, pull: DemoPullRequest): DemoDelivery {
  return aboutPull(clock, pull, { action: "opened", at: pull.opened, sender: pull.author });
}

/** Somebody is asked for a review, and gives it. */
export function reviewDeliveries(clock: DayClock, pull: DemoPullRequest, review: DemoReview): DemoDelivery[] {
  const { repository, number } = pull;
  const { by, requested, submitted } = review;
  const id = clock.number(`review ${repository} ${number}`, 900_000_000);
  return [
    aboutPull(clock, pull, {
      action: "review_requested",
      at: requested,
      sender: pull.author,
      body: { requested_reviewer: accountPayload(by) },
    }),
    aboutPull(clock, pull, {
      event: "pull_request_review",
      action: "submitted",
      at: submitted,
      sender: by,
      body: {
        review: {
          id,
          user: accountPayload(by),
          body: null,
          commit_id: pull.headSha,
          submitted_at: clock.at(submitted),
          state: "approved",
          html_url: `https://github.com/${repository}/pull/${number}#pullrequestreview-${id}`,
          author_association: "MEMBER",
        },
      },
    }),
  ];
}

/** @param end merged as a commit, or null: closed without merging */
export function closedDelivery(
  clock: DayClock,
  pull: DemoPullRequest,
  end: { at: number; by: string; mergeSha: string | null },
): DemoDelivery {
  const at = clock.at(end.at);
  const merged = end.mergeSha !== null;
  return aboutPull(clock, pull, {
    action: "closed",
    at: end.at,
    sender: end.by,
    state: {
      state: "closed",
      closed_at: at,
      merged,
      merged_at: merged ? at : null,
      merge_commit_sha: end.mergeSha,
      merged_by: merged ? accountPayload(end.by) : null,
    },
  });
}

interface AboutPull {
  event?: string;
  action: string;
  at: number;
  sender: string;
  /** What is different from a pull request that was just opened. */
  state?: State;
  body?: Record<string, unknown>;
}

function aboutPull(
  clock: DayClock,
  pull: DemoPullRequest,
  { event = "pull_request", action, at, sender, state = {}, body = {} }: AboutPull,
): DemoDelivery {
  const { repository, number } = pull;
  return githubDelivery(clock, {
    event,
    key: `${event} ${repository} ${number} ${action}`,
    label: `${repository}#${number} ${action}`,
    repository,
    sender,
    body: {
      action,
      ...(event === "pull_request" && { number }),
      pull_request: { ...pullPayload(clock, pull), updated_at: clock.at(at), ...state },
      ...body,
    },
  });
}

function pullPayload(clock: DayClock, pull: DemoPullRequest): State {
  const { repository, number, title, author, branch, headSha, baseSha } = pull;
  const repo = repositoryPayload(repository);
  return {
    id: 500_000_000 + clock.number(`pull ${repository} ${number}`, 400_000_000),
    url: `https://api.github.com/repos/${repository}/pulls/${number}`,
    html_url: `https://github.com/${repository}/pull/${number}`,
    number,
    title,
    user: accountPayload(author),
    body: null,
    state: "open",
    locked: false,
    draft: false,
    labels: [],
    assignees: [],
    created_at: clock.at(pull.opened),
    closed_at: null,
    merged: false,
    merged_at: null,
    merged_by: null,
    merge_commit_sha: clock.hex(`${headSha} test merge`, 40),
    head: { label: `getsentry:${branch}`, ref: branch, sha: headSha, user: accountPayload(author), repo },
    base: { label: "getsentry:master", ref: "master", sha: baseSha, repo },
  };
}
