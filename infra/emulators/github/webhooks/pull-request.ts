import { accountPayload, repositoryPayload, webhookPayload } from "./payload.ts";

export interface PullRequestDescription {
  /** owner/name */
  repository: string;
  id: number;
  number: number;
  title: string;
  body?: string | null;
  draft?: boolean;
  /** Changed lines and files, which events of the pull request itself have, and those of its reviews do not. */
  size?: { additions: number; deletions: number; changedFiles: number; commits: number };
  /** Login. */
  author: string;
  branch: string;
  headSha: string;
  baseSha: string;
  /** Of the commit with which GitHub tests whether the pull request can be merged. */
  testMergeSha: string;
  /** RFC 3339 */
  openedAt: string;
}

interface Action {
  /** RFC 3339 */
  at: string;
  /** Login. */
  sender: string;
}

export type PullRequestAction = Action &
  (
    | { action: "opened" | "ready_for_review" | "reopened" }
    | { action: "review_requested"; reviewer: string }
    | { action: "enqueued" }
    /** `reason` is e.g. MERGE or CI_FAILURE. */
    | { action: "dequeued"; reason: string }
    /** `mergeSha` is null if it was closed without merging. */
    | { action: "closed"; mergeSha: string | null }
  );

/** https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request */
export function pullRequestPayload(pull: PullRequestDescription, action: PullRequestAction) {
  const { repository, number, size } = pull;
  const sizes = size && {
    additions: size.additions,
    deletions: size.deletions,
    changed_files: size.changedFiles,
    commits: size.commits,
  };
  const closed = action.action === "closed" ? closedFields(action, action.mergeSha) : {};
  return webhookPayload(
    { repository, sender: action.sender },
    {
      action: action.action,
      number,
      pull_request: { ...describe(pull), ...sizes, updated_at: action.at, ...closed },
      ...(action.action === "dequeued" && { reason: action.reason }),
      ...(action.action === "review_requested" && { requested_reviewer: accountPayload(action.reviewer) }),
    },
  );
}

/** An approval, https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request_review @param review `sender` is the reviewer */
export function pullRequestReviewPayload(
  pull: PullRequestDescription,
  { id, at, sender }: Action & { id: number },
) {
  const { repository, number, headSha } = pull;
  return webhookPayload(
    { repository, sender },
    {
      action: "submitted",
      pull_request: { ...describe(pull), updated_at: at },
      review: {
        id,
        user: accountPayload(sender),
        body: null,
        commit_id: headSha,
        submitted_at: at,
        state: "approved",
        html_url: `https://github.com/${repository}/pull/${number}#pullrequestreview-${id}`,
        author_association: "MEMBER",
      },
    },
  );
}

function closedFields({ at, sender }: Action, mergeSha: string | null) {
  const merged = mergeSha !== null;
  return {
    state: "closed",
    closed_at: at,
    merged,
    merged_at: merged ? at : null,
    merge_commit_sha: mergeSha,
    merged_by: merged ? accountPayload(sender) : null,
  };
}

/** The pull request as it was just after it was opened. */
function describe(pull: PullRequestDescription) {
  const { repository, id, number, title, author, branch, headSha, baseSha } = pull;
  const [owner] = repository.split("/");
  const repo = repositoryPayload(repository);
  return {
    id,
    url: `https://api.github.com/repos/${repository}/pulls/${number}`,
    html_url: `https://github.com/${repository}/pull/${number}`,
    number,
    title,
    user: accountPayload(author),
    body: pull.body ?? null,
    state: "open",
    locked: false,
    draft: pull.draft ?? false,
    labels: [],
    assignees: [],
    created_at: pull.openedAt,
    closed_at: null,
    merged: false,
    merged_at: null,
    merged_by: null,
    merge_commit_sha: pull.testMergeSha,
    head: { label: `${owner}:${branch}`, ref: branch, sha: headSha, user: accountPayload(author), repo },
    base: { label: `${owner}:master`, ref: "master", sha: baseSha, repo },
  };
}
