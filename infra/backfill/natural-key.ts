import type { GitHubEvent } from "../../shared/events/event.ts";

type Known = Pick<GitHubEvent, "event" | "action"> &
  Partial<Pick<GitHubEvent, "pullRequest" | "issue" | "comment" | "review" | "checkRun" | "payload">>;

/**
 * Key of what happened at GitHub, whoever told it: a webhook and a backfill of the same thing have the same key. Times of GitHub have
 * seconds.
 */
export function naturalKey({ event, action, payload, ...sections }: Known): string {
  const { pullRequest, issue, comment, review, checkRun } = sections;
  const parts = (...values: unknown[]) => [event, action, ...values.map((value) => value ?? "")].join(" ");
  switch (event) {
    case "pull_request":
      return parts(pullRequest?.number, ...changeOf(action, pullRequest));
    case "issues":
      return parts(issue?.number, ...changeOf(action, issue));
    case "pull_request_review":
      return parts(review?.id);
    case "issue_comment":
      return parts(comment?.id);
    case "check_run":
      return parts(checkRun?.id, checkRun?.completedAt);
    case "push":
      return parts(payload?.ref, payload?.after);
    default: {
      const object = (payload?.[event] ?? {}) as { id?: unknown; run_attempt?: unknown };
      return parts(object.id, object.run_attempt);
    }
  }
}

/** An object is opened once. It may be closed several times, and a review requested of several people. */
function changeOf(
  action: string | null,
  object: GitHubEvent["pullRequest"] | GitHubEvent["issue"],
): unknown[] {
  if (action === "opened") return [];
  if (action === "closed") return [object?.closedAt];
  const reviewer = object && "requestedReviewer" in object ? object.requestedReviewer : null;
  return [reviewer?.id, object?.updatedAt];
}
