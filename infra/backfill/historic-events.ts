import { createHash } from "node:crypto";
import { normalize } from "../../functions/github/normalize.ts";
import type { GitHubEvent } from "../../shared/events/event.ts";
import { naturalKey } from "./natural-key.ts";

/** An object of GitHub's API. */
export type Json = Record<string, unknown>;

/** Everything that happened before this repository's objects were read. */
export interface RepositoryContext {
  /** https://docs.github.com/rest/repos/repos#get-a-repository */
  repository: Json;
  receivedAt: Date;
}

/** The event that GitHub would have sent, in the form of a webhook. */
interface Webhook {
  event: string;
  action?: string;
  sender?: unknown;
  body: Json;
}

/**
 * Turns an object of the API into the event that GitHub sent when it happened. The id depends on what happened alone, so that a second
 * backfill has the same one.
 */
function toEvent({ repository, receivedAt }: RepositoryContext, webhook: Webhook): GitHubEvent {
  const { event, action, sender, body } = webhook;
  const owner = repository.owner as Json;
  const payload = {
    ...(action !== undefined && { action }),
    ...body,
    repository: { ...repository, ...(body.repository as Json | undefined) },
    ...(owner.type === "Organization" && { organization: { login: owner.login } }),
    ...(sender ? { sender } : {}),
  };
  const normalized = normalize({ id: "?", event, payload, receivedAt });
  const key = `${repository.full_name} ${naturalKey(normalized)}`.toLowerCase();
  const id = `backfill-${createHash("sha256").update(key).digest("hex").slice(0, 40)}`;
  return { ...normalized, id, origin: "backfill" };
}

/** A pull request or issue as it was at a time. */
function stateAt(object: Json, at: string): Json {
  const isClosed = typeof object.closed_at === "string" && object.closed_at <= at;
  return {
    ...object,
    updated_at: at,
    ...(!isClosed && { state: "open", closed_at: null, ...("merged_at" in object && { merged_at: null }) }),
    ...("merged_at" in object && { merged: isClosed && object.merged_at !== null }),
  };
}

/** Opening and closing of a pull request, its requested reviews, its reviews, and the push of its commits. */
export function pullRequestEvents(
  context: RepositoryContext,
  pull: Json,
  { issueEvents, reviews, commits }: { issueEvents: Json[]; reviews: Json[]; commits: Json[] },
): GitHubEvent[] {
  const { number } = pull;
  const about = (at: string) => ({ number, pull_request: stateAt(pull, at) });
  const events = [
    toEvent(context, {
      event: "pull_request",
      action: "opened",
      sender: pull.user,
      body: about(pull.created_at as string),
    }),
    ...issueEvents.flatMap(({ event, actor, created_at: at, requested_reviewer }) => {
      if (event === "review_requested")
        return [
          toEvent(context, {
            event: "pull_request",
            action: "review_requested",
            sender: actor,
            body: { ...about(at as string), requested_reviewer },
          }),
        ];
      // A merge is an event `merged` and an event `closed`. One that was reopened is closed at another time.
      if (event !== "closed" || at !== pull.closed_at) return [];
      return [
        toEvent(context, {
          event: "pull_request",
          action: "closed",
          sender: actor,
          body: about(at as string),
        }),
      ];
    }),
    ...reviews
      .filter(({ submitted_at }) => typeof submitted_at === "string")
      .map((review) =>
        toEvent(context, {
          event: "pull_request_review",
          action: "submitted",
          sender: review.user,
          body: { pull_request: stateAt(pull, review.submitted_at as string), review: lowerState(review) },
        }),
      ),
  ];
  const head = pull.head as { ref: string; repo: Json | null };
  // GitHub sends no push to a fork.
  const isOwn = head.repo?.full_name === context.repository.full_name;
  return isOwn && commits.length > 0 ? [...events, pushEvent(context, head.ref, commits)] : events;
}

/** Webhooks have `approved`, the API has `APPROVED`. */
function lowerState(review: Json): Json {
  return { ...review, state: String(review.state ?? "").toLowerCase() };
}

/** Opening and closing of an issue. */
export function issueEvents(context: RepositoryContext, issue: Json, events: Json[]): GitHubEvent[] {
  const about = (at: string) => ({ issue: stateAt(issue, at) });
  return [
    toEvent(context, {
      event: "issues",
      action: "opened",
      sender: issue.user,
      body: about(issue.created_at as string),
    }),
    ...events
      .filter(({ event, created_at }) => event === "closed" && created_at === issue.closed_at)
      .map(({ actor, created_at }) =>
        toEvent(context, {
          event: "issues",
          action: "closed",
          sender: actor,
          body: about(created_at as string),
        }),
      ),
  ];
}

/** A comment on an issue or a pull request. */
export function commentEvent(context: RepositoryContext, issue: Json, comment: Json): GitHubEvent {
  return toEvent(context, {
    event: "issue_comment",
    action: "created",
    sender: comment.user,
    body: { issue: stateAt(issue, comment.created_at as string), comment },
  });
}

/** A completed check run. @param branch which the API does not give */
export function checkRunEvent(context: RepositoryContext, run: Json, branch: string | null): GitHubEvent {
  const suite = (run.check_suite ?? {}) as Json;
  return toEvent(context, {
    event: "check_run",
    action: "completed",
    body: { check_run: { ...run, check_suite: { ...suite, head_branch: branch, head_sha: run.head_sha } } },
  });
}

/** A push of commits, oldest first. The time is that of the last commit: nothing says when it was pushed. */
export function pushEvent(context: RepositoryContext, branch: string, commits: Json[]): GitHubEvent {
  const pushed = commits.map(toPushedCommit);
  const last = commits.at(-1) ?? {};
  const committed = ((last.commit as Json).committer as Json).date as string;
  const [parent] = ((commits[0]?.parents ?? []) as Json[]).map(({ sha }) => sha);
  return toEvent(context, {
    event: "push",
    sender: last.committer ?? last.author,
    body: {
      ref: `refs/heads/${branch}`,
      before: parent ?? "0".repeat(40),
      after: last.sha,
      commits: pushed,
      head_commit: pushed.at(-1),
      repository: { pushed_at: Math.floor(Date.parse(committed) / 1000) },
    },
  });
}

function toPushedCommit({ sha, html_url, commit, author }: Json): Json {
  const { message, author: written, committer } = commit as Record<string, Json>;
  const person = (account: Json | undefined) => ({
    name: account?.name,
    email: account?.email,
    username: (author as Json | null)?.login ?? null,
  });
  return {
    id: sha,
    message,
    timestamp: written?.date,
    url: html_url,
    distinct: true,
    author: person(written),
    committer: person(committer),
  };
}

/** A completed run of a workflow, and its jobs. */
export function workflowEvents(context: RepositoryContext, run: Json, jobs: Json[]): GitHubEvent[] {
  const sender = run.triggering_actor ?? run.actor;
  return [
    toEvent(context, { event: "workflow_run", action: "completed", sender, body: { workflow_run: run } }),
    ...jobs.map((job) =>
      toEvent(context, { event: "workflow_job", action: "completed", sender, body: { workflow_job: job } }),
    ),
  ];
}

/** A deployment and its statuses. */
export function deploymentEvents(
  context: RepositoryContext,
  deployment: Json,
  statuses: Json[],
): GitHubEvent[] {
  return [
    toEvent(context, {
      event: "deployment",
      action: "created",
      sender: deployment.creator,
      body: { deployment },
    }),
    ...statuses.map((status) =>
      toEvent(context, {
        event: "deployment_status",
        action: "created",
        sender: status.creator,
        body: { deployment, deployment_status: status },
      }),
    ),
  ];
}
