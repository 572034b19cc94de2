import { webhookPayload } from "./payload.ts";

export interface MergeGroupActivity {
  /** owner/name */
  repository: string;
  /** Number of the pull request that the group adds to the branch. */
  pullRequest: number;
  headSha: string;
  baseSha: string;
  /** RFC 3339 */
  at: string;
  /** Login. */
  sender: string;
}

/** A group of a merge queue whose checks are requested, https://docs.github.com/webhooks/webhook-events-and-payloads#merge_group */
export function mergeGroupPayload({
  repository,
  pullRequest,
  headSha,
  baseSha,
  at,
  sender,
}: MergeGroupActivity) {
  return webhookPayload(
    { repository, sender },
    {
      action: "checks_requested",
      merge_group: {
        head_sha: headSha,
        head_ref: `refs/heads/gh-readonly-queue/master/pr-${pullRequest}-${baseSha}`,
        base_sha: baseSha,
        base_ref: "refs/heads/master",
        head_commit: { id: headSha, timestamp: at },
      },
    },
  );
}
