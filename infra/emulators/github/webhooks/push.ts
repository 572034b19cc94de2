import { webhookPayload } from "./payload.ts";

export interface PushActivity {
  /** owner/name */
  repository: string;
  branch: string;
  /** The branch's head before the push. Without it, the branch is new. */
  before?: string;
  /** Login of the author of all commits, who also pushes. */
  author: string;
  /** Oldest first. */
  commits: PushedCommit[];
  /** RFC 3339 */
  at: string;
}

export interface PushedCommit {
  sha: string;
  treeSha: string;
  message: string;
  /** RFC 3339 */
  authoredAt: string;
}

const NO_COMMIT = "0".repeat(40);

/** A push to a branch, https://docs.github.com/webhooks/webhook-events-and-payloads#push */
export function pushPayload({ repository, branch, before = NO_COMMIT, author, commits, at }: PushActivity) {
  const email = `${author}@users.noreply.github.com`;
  const person = { name: author, email, username: author };
  const pushed = commits.map(({ sha, treeSha, message, authoredAt }) => ({
    id: sha,
    tree_id: treeSha,
    distinct: true,
    message,
    timestamp: authoredAt,
    url: `https://github.com/${repository}/commit/${sha}`,
    author: person,
    committer: person,
    added: [],
    removed: [],
    modified: ["README.md"],
  }));
  return webhookPayload(
    { repository, sender: author },
    {
      ref: `refs/heads/${branch}`,
      before,
      after: commits.at(-1)?.sha,
      created: before === NO_COMMIT,
      deleted: false,
      forced: false,
      base_ref: null,
      compare: `https://github.com/${repository}/compare/${branch}`,
      commits: pushed,
      head_commit: pushed.at(-1),
      pusher: { name: author, email },
      repository: { pushed_at: Math.floor(Date.parse(at) / 1000) },
    },
  );
}
