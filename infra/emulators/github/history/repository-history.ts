/** Objects of GitHub's API, with the fields that webhooks had. */
type Json = Record<string, unknown>;

/** What happened in a repository, as its webhooks said: the API lists it. */
export interface RepositoryHistory {
  /** By number, in their latest state. */
  pulls: Map<number, Json>;
  /** Issues and pull requests by number, in their latest state. */
  issues: Map<number, Json>;
  /** https://docs.github.com/rest/issues/events by number, oldest first. */
  issueEvents: Map<number, Json[]>;
  comments: Json[];
  /** By number of the pull request. */
  reviews: Map<number, Json[]>;
  /** Completed runs by sha. */
  checkRuns: Map<string, Map<number, Json>>;
  /** By ref, oldest first. */
  pushes: Map<string, { commits: Json[]; pushedAt: number }[]>;
  workflowRuns: Map<number, Json>;
  workflowJobs: Map<number, Json>;
  deployments: Map<number, Json>;
  deploymentStatuses: Map<number, Json[]>;
}

export function createHistory(): RepositoryHistory {
  return {
    pulls: new Map(),
    issues: new Map(),
    issueEvents: new Map(),
    comments: [],
    reviews: new Map(),
    checkRuns: new Map(),
    pushes: new Map(),
    workflowRuns: new Map(),
    workflowJobs: new Map(),
    deployments: new Map(),
    deploymentStatuses: new Map(),
  };
}

/** Adds what a webhook says to a repository's history. Events that the API does not keep are ignored. */
export function recordWebhook(history: RepositoryHistory, event: string, payload: Json) {
  switch (event) {
    case "pull_request":
      return recordPullRequest(history, payload);
    case "pull_request_review":
      return recordReview(history, payload);
    case "issues":
      return recordIssue(history, payload);
    case "issue_comment":
      return recordComment(history, payload);
    case "check_run":
      return recordCheckRun(history, payload);
    case "push":
      return recordPush(history, payload);
    case "workflow_run":
      return record(history.workflowRuns, payload.workflow_run);
    case "workflow_job":
      return record(history.workflowJobs, payload.workflow_job);
    case "deployment":
      return record(history.deployments, payload.deployment);
    case "deployment_status": {
      record(history.deployments, payload.deployment);
      return append(history.deploymentStatuses, idOf(payload.deployment), payload.deployment_status);
    }
    default:
  }
}

/** Actions of pull requests that the API lists as events of an issue, by their names there. */
const ISSUE_EVENTS: Record<string, string> = {
  reopened: "reopened",
  ready_for_review: "ready_for_review",
  converted_to_draft: "convert_to_draft",
  review_requested: "review_requested",
};

function recordPullRequest(history: RepositoryHistory, payload: Json) {
  const pull = payload.pull_request as Json;
  const number = pull.number as number;
  history.pulls.set(number, latest(history.pulls.get(number), pull));
  history.issues.set(
    number,
    latest(history.issues.get(number), { ...pull, pull_request: { url: pull.url } }),
  );
  const { action } = payload;
  if (action === "closed") {
    if (pull.merged) addIssueEvent(history, payload, "merged", pull.closed_at);
    addIssueEvent(history, payload, "closed", pull.closed_at);
  } else {
    const event = ISSUE_EVENTS[String(action)];
    if (event) addIssueEvent(history, payload, event, pull.updated_at);
  }
}

function recordReview(history: RepositoryHistory, payload: Json) {
  const pull = payload.pull_request as Json;
  const number = pull.number as number;
  history.pulls.set(number, touch(history.pulls.get(number) ?? pull, pull.updated_at));
  const issue = history.issues.get(number);
  if (issue) history.issues.set(number, touch(issue, pull.updated_at));
  append(history.reviews, number, payload.review);
}

function recordIssue(history: RepositoryHistory, payload: Json) {
  const issue = payload.issue as Json;
  const number = issue.number as number;
  history.issues.set(number, latest(history.issues.get(number), issue));
  if (payload.action === "closed") addIssueEvent(history, payload, "closed", issue.closed_at);
  if (payload.action === "reopened") addIssueEvent(history, payload, "reopened", issue.updated_at);
}

function recordComment(history: RepositoryHistory, payload: Json) {
  const issue = payload.issue as Json;
  const number = issue.number as number;
  history.issues.set(number, touch(history.issues.get(number) ?? issue, issue.updated_at));
  const pull = history.pulls.get(number);
  if (pull) history.pulls.set(number, touch(pull, issue.updated_at));
  history.comments.push({ ...(payload.comment as Json), issue_url: issue.url });
}

function recordCheckRun(history: RepositoryHistory, payload: Json) {
  const run = payload.check_run as Json;
  if (run.status !== "completed") return;
  const runs = history.checkRuns.get(run.head_sha as string) ?? new Map<number, Json>();
  history.checkRuns.set(run.head_sha as string, runs);
  // The API gives the suite's id, and not its branch: https://docs.github.com/rest/checks/runs
  runs.set(run.id as number, { ...run, check_suite: { id: idOf(run.check_suite) } });
}

function recordPush(history: RepositoryHistory, payload: Json) {
  const pushedAt = Number((payload.repository as Json).pushed_at);
  const pushes = history.pushes.get(payload.ref as string) ?? [];
  history.pushes.set(payload.ref as string, pushes);
  pushes.push({ commits: payload.commits as Json[], pushedAt });
}

function addIssueEvent(history: RepositoryHistory, payload: Json, event: string, at: unknown) {
  const issue = (payload.pull_request ?? payload.issue) as Json;
  append(history.issueEvents, issue.number as number, {
    event,
    actor: payload.sender,
    created_at: at,
    ...(event === "review_requested" && { requested_reviewer: payload.requested_reviewer }),
  });
}

function record(objects: Map<number, Json>, object: unknown) {
  objects.set(idOf(object), object as Json);
}

function append(lists: Map<number, Json[]>, key: number, object: unknown) {
  lists.set(key, [...(lists.get(key) ?? []), object as Json]);
}

function idOf(object: unknown): number {
  return (object as { id: number }).id;
}

function latest(stored: Json | undefined, object: Json): Json {
  return stored && String(stored.updated_at) > String(object.updated_at)
    ? { ...object, updated_at: stored.updated_at }
    : object;
}

function touch(object: Json, at: unknown): Json {
  return String(at) > String(object.updated_at) ? { ...object, updated_at: at } : object;
}
