import { normalize as normalizeGitHub } from "../../../functions/github/normalize.ts";
import type { UserType } from "../../../functions/metrics/community-row.ts";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { type Delivered, hashId, toRows } from "./example-rows.ts";

interface GitHubDelivered extends Delivered {
  repository?: string;
  private?: boolean;
  /** Login of the actor. */
  by?: string;
  /** Type of the actor; null if unknown. */
  userType?: UserType | null;
}

function githubRows(
  event: string,
  {
    id,
    received,
    repository = "getsentry/sentry",
    private: isPrivate = true,
    by = "mira",
    userType = null,
  }: GitHubDelivered,
  body: Record<string, unknown>,
): TableRow[] {
  const [login] = repository.split("/");
  const payload = {
    ...body,
    repository: {
      id: 1,
      full_name: repository,
      owner: { login, type: "Organization" },
      default_branch: "master",
      private: isPrivate,
    },
    sender: { id: 3, login: by, type: "User" },
  };
  const receivedAt = new Date(received ?? "2025-01-01T00:00:00Z");
  return toRows(
    normalizeGitHub({ id: id ?? hashId([event, payload, received]), event, payload, receivedAt }),
    userType,
  );
}

export interface ExampleCheckRun extends GitHubDelivered {
  run: number;
  status?: "queued" | "in_progress" | "completed";
  conclusion?: string | null;
  check?: string;
  suite?: number;
  sha?: string;
  branch?: string | null;
  pullRequest?: number;
  started?: string | null;
  completed?: string | null;
  /** Whether the commit is of the default branch: then a push names it as the branch's head. By default the branch's name decides. */
  onMain?: boolean;
}

/** A passed run of five minutes; tests change what they are about. */
export const exampleRun: ExampleCheckRun = {
  run: 1,
  started: "2025-03-03T10:00:00Z",
  completed: "2025-03-03T10:05:00Z",
};

/** Rows of a check_run webhook, and of a push that says when nothing else does that its commit is of the default branch. */
export function checkRunRows(example: ExampleCheckRun): TableRow[] {
  const { sha = "sha", branch = "master", onMain = branch === "master", ...run } = example;
  const { repository, completed, started } = run;
  const received = run.received ?? completed ?? started;
  const next = { branch: "master", before: sha, after: `after ${sha}`, commits: [] };
  const push = { ...next, ...(repository && { repository }), ...(received && { received }) };
  return [...singleCheckRunRows({ ...run, sha, branch }), ...(onMain ? pushRows(push) : [])];
}

function singleCheckRunRows(example: ExampleCheckRun): TableRow[] {
  const { run, check = "tests", sha = "sha", branch = "master", pullRequest, ...rest } = example;
  const status = example.status ?? "completed";
  const base = { sha: "base", repo: { url: "https://api.github.com/repos/getsentry/sentry" } };
  return githubRows(
    "check_run",
    { received: example.completed ?? example.started ?? undefined, ...rest } as GitHubDelivered,
    {
      action: status === "completed" ? "completed" : "created",
      check_run: {
        id: run,
        name: check,
        status,
        conclusion: status === "completed" ? (example.conclusion ?? "success") : null,
        head_sha: sha,
        started_at: example.started ?? null,
        completed_at: example.completed ?? null,
        check_suite: { id: example.suite ?? 1, head_branch: branch },
        pull_requests: pullRequest === undefined ? [] : [{ number: pullRequest, base }],
      },
    },
  );
}

export interface ExampleJob extends GitHubDelivered {
  /** Id of the job, and of its check run. */
  run: number;
  action?: "queued" | "in_progress" | "completed";
  created: string;
  started?: string;
  completed?: string;
  conclusion?: string;
  attempt?: number;
  workflow?: string;
  labels?: string[];
  runner?: string | null;
}

/** Rows of a workflow_job webhook: a job of GitHub Actions is a check run too. */
export function workflowJobRows(example: ExampleJob): TableRow[] {
  const { run, action = "queued", created, started = created, completed = null } = example;
  const { attempt = 1, workflow = "CI", labels = ["ubuntu-latest"], runner = "GitHub Actions 5" } = example;
  return githubRows("workflow_job", example, {
    action,
    workflow_job: {
      id: run,
      run_id: 10 * run,
      run_attempt: attempt,
      name: "tests",
      workflow_name: workflow,
      status: action,
      conclusion: action === "completed" ? (example.conclusion ?? "success") : null,
      labels,
      runner_name: action === "queued" ? null : runner,
      head_sha: "sha",
      created_at: created,
      started_at: started,
      completed_at: completed,
      check_run_url: `https://api.github.com/repos/getsentry/sentry/check-runs/${run}`,
    },
  });
}

/** Rows of a merge_group webhook. */
export function mergeGroupRows(
  example: GitHubDelivered & {
    pullRequest: number;
    action: "checks_requested" | "destroyed";
    at: string;
    reason?: string;
  },
): TableRow[] {
  const { pullRequest, action, at, reason } = example;
  return githubRows(
    "merge_group",
    { received: at, ...example },
    {
      action,
      ...(reason !== undefined && { reason }),
      merge_group: {
        head_sha: `group${pullRequest}`,
        head_ref: `refs/heads/gh-readonly-queue/master/pr-${pullRequest}-abc`,
        base_sha: "base",
        base_ref: "refs/heads/master",
        head_commit: { id: `group${pullRequest}`, timestamp: at },
      },
    },
  );
}

export interface ExamplePullRequest extends GitHubDelivered {
  number: number;
  action?: string;
  author?: string;
  authorType?: "User" | "Bot";
  title?: string;
  body?: string;
  labels?: string[];
  branch?: string;
  headSha?: string;
  /** Repository of the head branch; null if it was deleted. */
  headRepository?: string | null;
  base?: string;
  mergeCommit?: string | null;
  opened: string;
  updated?: string;
  closed?: string | null;
  merged?: string | null;
  mergedBy?: string;
  draft?: boolean;
  /** Lines added and deleted, and changed files. */
  size?: [additions: number, deletions: number, files: number];
  /** Why a dequeued pull request left the merge queue. */
  reason?: string;
}

function pullRequestBody(example: ExamplePullRequest) {
  const { number, author = "mira", authorType = "User", branch = "fix", base = "master", opened } = example;
  const { repository = "getsentry/sentry", headRepository = repository, title = "Fix it" } = example;
  const { merged = null, closed = merged } = example;
  return {
    number,
    title,
    body: example.body ?? null,
    labels: (example.labels ?? []).map((name) => ({ name })),
    user: { id: 3, login: author, type: authorType },
    state: closed ? "closed" : "open",
    merged: merged !== null,
    merge_commit_sha: example.mergeCommit ?? null,
    head: {
      sha: example.headSha ?? `head${number}`,
      ref: branch,
      repo: headRepository === null ? null : { full_name: headRepository },
    },
    base: { sha: "base", ref: base },
    created_at: opened,
    updated_at: example.updated ?? closed ?? opened,
    closed_at: closed,
    merged_at: merged,
    merged_by: example.mergedBy === undefined ? null : { id: 5, login: example.mergedBy },
    draft: example.draft ?? false,
    additions: example.size?.[0] ?? null,
    deletions: example.size?.[1] ?? null,
    changed_files: example.size?.[2] ?? null,
  };
}

/** Rows of a pull_request webhook. */
export function pullRequestEventRows(example: ExamplePullRequest): TableRow[] {
  const action = example.action ?? (example.closed || example.merged ? "closed" : "opened");
  return githubRows(
    "pull_request",
    { by: example.author ?? "mira", ...example },
    {
      action,
      pull_request: pullRequestBody(example),
      ...(example.reason !== undefined && { reason: example.reason }),
      ...(action === "review_requested" && { requested_reviewer: { id: 4, login: "jonas" } }),
    },
  );
}

/** Rows of a pull_request_review webhook. */
export function reviewRows(
  example: ExamplePullRequest & { review: number; submitted: string; state?: string; commit?: string },
): TableRow[] {
  return githubRows("pull_request_review", example, {
    action: "submitted",
    pull_request: pullRequestBody(example),
    review: {
      id: example.review,
      user: { id: 6, login: example.by ?? "mira", type: "User" },
      state: example.state ?? "approved",
      submitted_at: example.submitted,
      commit_id: example.commit ?? "c1",
    },
  });
}

export interface ExampleIssue extends GitHubDelivered {
  number: number;
  action?: string;
  opened: string;
  updated?: string;
  author?: string;
}

/** Rows of an issues webhook. */
export function issueRows(example: ExampleIssue): TableRow[] {
  const { number, action = "opened", opened, updated = opened, author } = example;
  const user = author === undefined ? {} : { user: { id: 7, login: author, type: "User" } };
  const issue = { number, title: "It broke", created_at: opened, updated_at: updated, ...user };
  return githubRows("issues", example, { action, issue });
}

/** Rows of an issue_comment webhook; pull requests are issues here. */
export function commentRows(
  example: GitHubDelivered & { number: number; comment: number; at: string; action?: string },
): TableRow[] {
  const { number, comment, at, action = "created" } = example;
  return githubRows("issue_comment", example, {
    action,
    issue: { number, title: "It broke" },
    comment: { id: comment, created_at: at, updated_at: at },
  });
}

/** Rows of a push webhook, with a commit per authoring time. */
export function pushRows(
  example: GitHubDelivered & {
    branch: string;
    commits: (string | { at: string; distinct?: boolean; sha?: string | undefined; message?: string })[];
    /** The branch's head before and after the push. */
    before?: string;
    after?: string;
  },
): TableRow[] {
  const commits = example.commits.map((commit) => {
    const {
      at,
      distinct = true,
      sha,
      message = "Change",
    } = typeof commit === "string" ? { at: commit } : commit;
    return { id: sha ?? hashId([example.branch, at]), timestamp: at, distinct, message };
  });
  const { branch, before, after } = example;
  return githubRows("push", example, { ref: `refs/heads/${branch}`, before, after, commits });
}
