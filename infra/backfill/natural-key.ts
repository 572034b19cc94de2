import type { GitHubEvent } from "../../shared/events/event.ts";

type Known = Pick<GitHubEvent, "event" | "action"> &
  Partial<Pick<GitHubEvent, "pullRequest" | "issue" | "comment" | "review" | "checkRun" | "payload">>;

/**
 * Key of what happened at GitHub, whichever source reported it: a webhook and a backfill of the same thing have the same key. Times of GitHub have
 * seconds.
 *
 * @param shift seconds to add to the time of a change that has no id: its webhook may say another second than the API
 */
export function naturalKey({ event, action, payload, ...sections }: Known, shift = 0): string {
  const { pullRequest, issue, comment, review, checkRun } = sections;
  const parts = (...values: unknown[]) => [event, action, ...values.map((value) => value ?? "")].join(" ");
  switch (event) {
    case "pull_request":
      return parts(pullRequest?.number, ...changeOf(action, pullRequest, shift));
    case "issues":
      return parts(issue?.number, ...changeOf(action, issue, shift));
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
  shift: number,
): unknown[] {
  if (action === "opened") return [];
  const at = action === "closed" ? object?.closedAt : object?.updatedAt;
  const time = at ? new Date(Date.parse(at) + shift * 1000).toISOString() : null;
  const reviewer = object && "requestedReviewer" in object ? object.requestedReviewer : null;
  return [reviewer?.id, time];
}
