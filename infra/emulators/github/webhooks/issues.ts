import { accountPayload, webhookPayload } from "./payload.ts";

export interface IssueDescription {
  /** owner/name */
  repository: string;
  id: number;
  number: number;
  title: string;
  /** Login. */
  author: string;
  /** RFC 3339 */
  openedAt: string;
  isPullRequest?: boolean;
}

interface Action {
  /** RFC 3339 */
  at: string;
  /** Login. */
  sender: string;
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#issues */
export function issuePayload(
  issue: IssueDescription,
  { action, at, sender }: Action & { action: "opened" | "closed" | "reopened" },
) {
  const closed = action === "closed" ? { state: "closed", closed_at: at } : {};
  return webhookPayload(
    { repository: issue.repository, sender },
    { action, issue: { ...describe(issue), updated_at: at, ...closed } },
  );
}

/**
 * A new comment, https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment
 *
 * @param issue or pull request: GitHub sends the same event for both
 */
export function issueCommentPayload(
  issue: IssueDescription,
  { id, body, at, sender }: Action & { id: number; body: string },
) {
  const { repository, number } = issue;
  return webhookPayload(
    { repository, sender },
    {
      action: "created",
      issue: { ...describe(issue), updated_at: at },
      comment: {
        id,
        html_url: `https://github.com/${repository}/issues/${number}#issuecomment-${id}`,
        user: accountPayload(sender),
        created_at: at,
        updated_at: at,
        body,
      },
    },
  );
}

/** The issue as it was just after it was opened. */
function describe({ repository, id, number, title, author, openedAt, isPullRequest }: IssueDescription) {
  return {
    ...(isPullRequest && {
      pull_request: { url: `https://api.github.com/repos/${repository}/pulls/${number}`, merged_at: null },
    }),
    id,
    url: `https://api.github.com/repos/${repository}/issues/${number}`,
    html_url: `https://github.com/${repository}/issues/${number}`,
    number,
    title,
    user: accountPayload(author),
    state: "open",
    locked: false,
    labels: [],
    assignees: [],
    comments: 0,
    created_at: openedAt,
    closed_at: null,
    body: "",
  };
}
