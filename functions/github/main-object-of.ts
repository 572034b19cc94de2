/** Events whose main object is not under the event's own name. */
const keys: Record<string, string> = {
  issues: "issue",
  issue_comment: "comment",
  commit_comment: "comment",
  discussion_comment: "comment",
  pull_request_review: "review",
  pull_request_review_comment: "comment",
  pull_request_review_thread: "thread",
  push: "head_commit",
  repository_vulnerability_alert: "alert",
  code_scanning_alert: "alert",
  dependabot_alert: "alert",
  secret_scanning_alert: "alert",
  page_build: "build",
};

/** The object that an event is about (the check run of a check_run, the comment of an issue_comment, …); {} where there is none. */
export function mainObjectOf(event: string, payload: Record<string, unknown>): Record<string, unknown> {
  return objectAt(payload, keys[event] ?? event);
}

/** The object under a key; {} where there is none, so that a chain of these reads as a path. */
export function objectAt(value: Record<string, unknown>, key: string): Record<string, unknown> {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return found !== null && typeof found === "object" && !Array.isArray(found)
    ? (found as Record<string, unknown>)
    : {};
}
