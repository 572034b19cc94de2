/** Key of an event's main object, where it is not the event's name. */
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
  repository_vulnerability_alert: "alert",
  secret_scanning_alert: "alert",
};

/** Gets the object that an event is about: the check run of a check_run, the comment of an issue_comment, …; `{}` if there is no such object. */
export function getMainObject(event: string, payload: Record<string, unknown>): Record<string, unknown> {
  return getObject(payload, keys[event] ?? event);
}

/** Gets the object under a key; `{}` if there is none, so that calls can be chained to a path. */
export function getObject(value: Record<string, unknown>, key: string): Record<string, unknown> {
  const child = Object.hasOwn(value, key) ? value[key] : undefined;
  return child !== null && typeof child === "object" && !Array.isArray(child)
    ? (child as Record<string, unknown>)
    : {};
}
