/** Events whose main object is not under the event's own name. */
const keys: Record<string, string> = {
  branch_protection_rule: "rule",
  code_scanning_alert: "alert",
  commit_comment: "comment",
  dependabot_alert: "alert",
  deploy_key: "key",
  deployment_review: "workflow_run",
  discussion_comment: "comment",
  fork: "forkee",
  installation_repositories: "installation",
  issue_comment: "comment",
  issues: "issue",
  meta: "hook",
  page_build: "build",
  ping: "hook",
  pull_request_review: "review",
  pull_request_review_comment: "comment",
  pull_request_review_thread: "pull_request",
  push: "head_commit",
  repository_vulnerability_alert: "alert",
  secret_scanning_alert: "alert",
};

/** The object that an event is about (the check run of a check_run, the comment of an issue_comment, …); {} where there is none. */
export function getMainObject(event: string, payload: Record<string, unknown>): Record<string, unknown> {
  return getObject(payload, keys[event] ?? event);
}

/** The object under a key; {} where there is none, so that a chain of these reads as a path. */
export function getObject(value: Record<string, unknown>, key: string): Record<string, unknown> {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return found !== null && typeof found === "object" && !Array.isArray(found)
    ? (found as Record<string, unknown>)
    : {};
}
