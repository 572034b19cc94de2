import type { GitHubEvent } from "../../shared/events/event.ts";
import { toRfc3339 } from "../../shared/events/to-rfc3339.ts";
import { findReverted } from "../../shared/github/find-reverted.ts";
import type { Deployable } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { parseBody } from "../../shared/webhook/parse-body.ts";
import {
  type AnyPayload,
  anyPayload,
  type CheckRunPayload,
  type IssuePayload,
  type MergeGroupPayload,
  type PullRequestPayload,
  sections,
  type WorkflowJobPayload,
} from "./payload.ts";
import { resolveSubject } from "./resolve-subject.ts";
import { resolveTime } from "./resolve-time.ts";
import { toDeployment } from "./to-deployment.ts";
import { toIncident } from "./to-incident.ts";

export interface GitHubDelivery {
  /** X-GitHub-Delivery */
  id: string;
  /** X-GitHub-Event */
  event: string;
  payload: Record<string, unknown>;
  receivedAt: Date;
  /** The services of `ci-tooling.yaml`, which name deployed apps and labels of incidents; without them, an app has the name of its repository. */
  services?: (Deployable & Partial<Pick<Service, "incidents">>)[];
}

/**
 * Normalizes a delivery of any event of https://docs.github.com/webhooks/webhook-events-and-payloads, future events included.
 *
 * @throws {HttpError} 400 if the payload lacks a field of its event
 */
export function normalize({ id, event, payload, receivedAt, services = [] }: GitHubDelivery): GitHubEvent {
  const common = parseBody(anyPayload, payload);
  const action = common.action ?? null;
  return {
    id,
    source: "github",
    type: ["github", event, ...(action ? [action] : [])].join("."),
    subject: resolveSubject(event, payload, common),
    time: resolveTime(event, payload) ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    event,
    action,
    actor: toActor(common.sender),
    repository: toRepository(common.repository),
    organization: common.organization?.login ?? null,
    installationId: common.installation?.id ?? null,
    deployment: toDeployment(event, payload, services),
    incident: toIncident(event, payload, services),
    ...toSections(event, payload, common),
    payload,
  };
}

function toSections(event: string, payload: unknown, common: AnyPayload): Partial<GitHubEvent> {
  const label = common.label ? { label: { id: common.label.id ?? null, name: common.label.name } } : {};
  switch (event) {
    case "check_run":
      return { checkRun: toCheckRun(parseBody(sections.check_run, payload).check_run) };
    case "issues":
      return { issue: toIssue(parseBody(sections.issues, payload).issue), ...label };
    case "issue_comment": {
      const { issue, comment } = parseBody(sections.issue_comment, payload);
      return { issue: toIssue(issue), comment: toComment(comment) };
    }
    case "pull_request": {
      const { pull_request, reason } = parseBody(sections.pull_request, payload);
      return {
        pullRequest: toPullRequest(pull_request, common),
        ...label,
        ...(common.action === "dequeued" && { dequeueReason: reason ?? null }),
      };
    }
    case "pull_request_review": {
      const { pull_request, review } = parseBody(sections.pull_request_review, payload);
      return {
        pullRequest: toPullRequest(pull_request, common),
        review: {
          id: review.id,
          author: review.user?.login ?? null,
          state: review.state ?? null,
          submittedAt: toRfc3339(review.submitted_at),
        },
      };
    }
    case "pull_request_review_comment": {
      const { pull_request, comment } = parseBody(sections.pull_request_review_comment, payload);
      return { pullRequest: toPullRequest(pull_request, common), comment: toComment(comment) };
    }
    case "workflow_job":
      return { workflowJob: toWorkflowJob(parseBody(sections.workflow_job, payload).workflow_job) };
    case "merge_group":
      return { mergeGroup: toMergeGroup(parseBody(sections.merge_group, payload)) };
    default:
      return {};
  }
}

function toActor(sender: AnyPayload["sender"]): GitHubEvent["actor"] {
  if (!sender) return null;
  return { id: sender.id ?? null, name: sender.login, type: toAccountType(sender.type) };
}

function toAccountType(type: string | null | undefined) {
  const types = { User: "user", Bot: "bot", Organization: "organization" } as const;
  return types[type as keyof typeof types] ?? null;
}

function toRepository(repository: AnyPayload["repository"]): GitHubEvent["repository"] {
  if (!repository) return null;
  return {
    id: repository.id,
    fullName: repository.full_name,
    owner: repository.owner?.login ?? repository.full_name.split("/")[0] ?? "",
    ownerType: repository.owner?.type ?? null,
    private: repository.private ?? null,
  };
}

function toCheckRun(run: CheckRunPayload): NonNullable<GitHubEvent["checkRun"]> {
  return {
    id: run.id,
    name: run.name,
    status: run.status,
    conclusion: run.conclusion ?? null,
    headSha: run.head_sha,
    headBranch: run.check_suite?.head_branch ?? null,
    checkSuiteId: run.check_suite?.id ?? null,
    url: run.html_url ?? null,
    startedAt: toRfc3339(run.started_at),
    completedAt: toRfc3339(run.completed_at),
    pullRequests: (run.pull_requests ?? []).filter(isPresent).map((pull) => ({
      number: pull.number,
      headSha: pull.head?.sha ?? null,
      baseSha: pull.base?.sha ?? null,
      // GitHub sends the repositories of a check run with a short name and the API's URL, without full_name.
      baseRepository:
        pull.base?.repo?.full_name ?? pull.base?.repo?.url?.match(/\/repos\/([^/]+\/[^/]+)$/)?.[1] ?? null,
    })),
  };
}

function isPresent<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function toPullRequest(
  pull: PullRequestPayload,
  common: AnyPayload,
): NonNullable<GitHubEvent["pullRequest"]> {
  return {
    number: pull.number,
    title: pull.title ?? null,
    author: pull.user?.login ?? null,
    authorType: toAccountType(pull.user?.type),
    labels: (pull.labels ?? []).map(({ name }) => name),
    reverts: findReverted(pull.title ?? "", pull.body ?? ""),
    state: pull.state ?? null,
    merged: pull.merged ?? Boolean(pull.merged_at),
    headSha: pull.head?.sha ?? null,
    headBranch: toBranch(pull.head?.ref),
    headRepository: pull.head?.repo?.full_name ?? null,
    baseSha: pull.base?.sha ?? null,
    baseBranch: toBranch(pull.base?.ref),
    mergeCommitSha: pull.merge_commit_sha ?? null,
    createdAt: toRfc3339(pull.created_at),
    updatedAt: toRfc3339(pull.updated_at),
    closedAt: toRfc3339(pull.closed_at),
    mergedAt: toRfc3339(pull.merged_at),
    mergedBy: pull.merged_by?.login ?? null,
    isDraft: pull.draft ?? null,
    additions: pull.additions ?? null,
    deletions: pull.deletions ?? null,
    changedFiles: pull.changed_files ?? null,
    commits: pull.commits ?? null,
    requestedReviewer: toRequestedReviewer(common),
  };
}

/** A merge queue sends the base of `pull_request.dequeued` as `refs/heads/master`, every other event as `master`. */
function toBranch(ref: string | null | undefined): string | null {
  return ref?.replace(/^refs\/heads\//, "") ?? null;
}

function toRequestedReviewer({ requested_reviewer, requested_team }: AnyPayload) {
  if (requested_reviewer?.id)
    return { id: requested_reviewer.id, name: requested_reviewer.login, type: "user" as const };
  if (requested_team) return { id: requested_team.id, name: requested_team.name, type: "team" as const };
  return null;
}

function toWorkflowJob(job: WorkflowJobPayload): NonNullable<GitHubEvent["workflowJob"]> {
  return {
    id: job.id,
    runId: job.run_id ?? null,
    runAttempt: job.run_attempt ?? null,
    name: job.name ?? null,
    workflowName: job.workflow_name ?? null,
    status: job.status ?? null,
    conclusion: job.conclusion ?? null,
    labels: job.labels ?? [],
    runnerName: job.runner_name ?? null,
    runnerGroup: job.runner_group_name ?? null,
    headSha: job.head_sha ?? null,
    headBranch: job.head_branch ?? null,
    url: job.html_url ?? null,
    createdAt: toRfc3339(job.created_at),
    startedAt: toRfc3339(job.started_at),
    completedAt: toRfc3339(job.completed_at),
  };
}

function toMergeGroup({ merge_group, reason }: MergeGroupPayload): NonNullable<GitHubEvent["mergeGroup"]> {
  const headBranch = toBranch(merge_group.head_ref);
  const number = /^gh-readonly-queue\/.+\/pr-(\d{1,9})-[0-9a-f]+$/.exec(headBranch ?? "")?.[1];
  return {
    headSha: merge_group.head_sha ?? null,
    headBranch,
    baseSha: merge_group.base_sha ?? null,
    baseBranch: toBranch(merge_group.base_ref),
    pullRequest: number === undefined ? null : Number(number),
    reason: reason ?? null,
  };
}

function toIssue(issue: IssuePayload): NonNullable<GitHubEvent["issue"]> {
  return {
    number: issue.number,
    title: issue.title ?? null,
    author: issue.user?.login ?? null,
    state: issue.state ?? null,
    isPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
    labels: (issue.labels ?? []).map(({ name }) => name),
    createdAt: toRfc3339(issue.created_at),
    updatedAt: toRfc3339(issue.updated_at),
    closedAt: toRfc3339(issue.closed_at),
  };
}

function toComment(comment: {
  id: number;
  user?: { login: string } | null | undefined;
  created_at?: string | number | null | undefined;
  updated_at?: string | number | null | undefined;
}) {
  return {
    id: comment.id,
    author: comment.user?.login ?? null,
    createdAt: toRfc3339(comment.created_at),
    updatedAt: toRfc3339(comment.updated_at),
  };
}
