import { createHash } from "node:crypto";
import { normalize } from "../../functions/github/normalize.ts";
import type { GitHubEvent } from "../../shared/events/event.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { naturalKey } from "./natural-key.ts";

/** An object of GitHub's API. */
export type Json = Record<string, unknown>;

/** Everything that happened before this repository's objects were read. */
export interface RepositoryContext {
  /** https://docs.github.com/rest/repos/repos#get-a-repository */
  repository: Json;
  receivedAt: Date;
  /** Name deployed apps and labels of incidents, as for a webhook. */
  services: Service[];
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
function toEvent({ repository, receivedAt, services }: RepositoryContext, webhook: Webhook): GitHubEvent {
  const { event, action, sender, body } = webhook;
  const owner = repository.owner as Json;
  const payload = {
    ...(action !== undefined && { action }),
    ...body,
    repository: { ...repository, ...(body.repository as Json | undefined) },
    ...(owner.type === "Organization" && { organization: { login: owner.login } }),
    ...(sender ? { sender } : {}),
  };
  const normalized = normalize({ id: "?", event, payload, receivedAt, services });
  const key = `${repository.full_name} ${naturalKey(normalized)}`.toLowerCase();
  const id = `backfill-${createHash("sha256").update(key).digest("hex").slice(0, 40)}`;
  return { ...normalized, id, origin: "backfill" };
}

/**
 * A pull request or issue as it was at a time.
 *
 * @param changes its issue events, oldest first
 */
function stateAt(object: Json, at: string, changes: Json[]): Json {
  const past = changes.filter(({ created_at }) => String(created_at) <= at);
  const closedAt = closedAtTime(object, at, past);
  return {
    ...object,
    updated_at: at,
    ...(closedAt === null ? { state: "open", closed_at: null } : { state: "closed", closed_at: closedAt }),
    ...("merged_at" in object && mergedState(object, closedAt)),
    ...("draft" in object && { draft: isDraftAt(object, changes, past) }),
  };
}

function closedAtTime(object: Json, at: string, past: Json[]): string | null {
  const last = past.findLast(({ event }) => event === "closed" || event === "reopened");
  if (last) return last.event === "closed" ? String(last.created_at) : null;
  // GitHub keeps no event for some that were closed long ago.
  return typeof object.closed_at === "string" && object.closed_at <= at ? object.closed_at : null;
}

/** A merged pull request is not reopened. */
function mergedState(object: Json, closedAt: string | null): Json {
  const isMerged = closedAt !== null && object.merged_at !== null && closedAt >= String(object.merged_at);
  return isMerged ? { merged: true } : { merged: false, merged_at: null, merged_by: null };
}

/** Before its first change it was the opposite of what it became. */
function isDraftAt(object: Json, changes: Json[], past: Json[]): boolean {
  const isDraftChange = ({ event }: Json) => event === "ready_for_review" || event === "convert_to_draft";
  const last = past.findLast(isDraftChange);
  if (last) return last.event === "convert_to_draft";
  const next = changes.find(isDraftChange);
  return next ? next.event === "ready_for_review" : object.draft === true;
}

/** Issue events that are an action of a webhook, by their names: https://docs.github.com/rest/using-the-rest-api/issue-event-types */
const ACTIONS: Record<string, string> = {
  closed: "closed",
  reopened: "reopened",
  ready_for_review: "ready_for_review",
  convert_to_draft: "converted_to_draft",
  review_requested: "review_requested",
};

/**
 * Opening of a pull request and what changed its state, its requested reviews, its reviews, and the push of its commits.
 *
 * @param pull https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 * @param read issue events and commits oldest first
 */
export function pullRequestEvents(
  context: RepositoryContext,
  pull: Json,
  { issueEvents: changes, reviews, commits }: { issueEvents: Json[]; reviews: Json[]; commits: Json[] },
): GitHubEvent[] {
  const { number } = pull;
  const stateOf = (at: unknown) => stateAt(pull, String(at), changes);
  const change = (action: string, sender: unknown, at: unknown, more: Json = {}) =>
    toEvent(context, {
      ...{ event: "pull_request", action, sender },
      body: { number, pull_request: stateOf(at), ...more },
    });
  const events = [
    change("opened", pull.user, pull.created_at),
    ...changes.flatMap(({ event, actor, created_at, requested_reviewer, requested_team }) => {
      const action = ACTIONS[String(event)];
      if (action === undefined) return [];
      const asked = {
        ...(requested_reviewer ? { requested_reviewer } : requested_team ? { requested_team } : {}),
      };
      return [change(action, actor, created_at, asked)];
    }),
    ...reviews
      .filter(({ submitted_at }) => typeof submitted_at === "string")
      .map((review) =>
        toEvent(context, {
          event: "pull_request_review",
          action: "submitted",
          sender: review.user,
          body: { pull_request: stateOf(review.submitted_at), review: lowerState(review) },
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

/** Opening of an issue, and each time that it was closed or reopened. @param changes its issue events, oldest first */
export function issueEvents(context: RepositoryContext, issue: Json, changes: Json[]): GitHubEvent[] {
  const change = (action: string, sender: unknown, at: unknown) =>
    toEvent(context, {
      ...{ event: "issues", action, sender },
      body: { issue: stateAt(issue, String(at), changes) },
    });
  return [
    change("opened", issue.user, issue.created_at),
    ...changes
      .filter(({ event }) => event === "closed" || event === "reopened")
      .map(({ event, actor, created_at }) => change(String(event), actor, created_at)),
  ];
}

/** A comment on an issue or a pull request. @param changes issue events, oldest first */
export function commentEvent(
  context: RepositoryContext,
  issue: Json,
  comment: Json,
  changes: Json[],
): GitHubEvent {
  return toEvent(context, {
    event: "issue_comment",
    action: "created",
    sender: comment.user,
    body: { issue: stateAt(issue, String(comment.created_at), changes), comment },
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
