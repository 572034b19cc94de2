import type { CommitReference } from "./relevant-commit.ts";
import { repositoryClient } from "./repository-client.ts";

export interface MergedPullRequest {
  /** owner/name */
  repository: string;
  number: number;
  mergeCommitSha: string;
}

/**
 * The pull request that brought a commit into its repository.
 * https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 *
 * @returns null for a commit that was pushed without one
 * @throws what GitHub answers
 */
export async function pullRequestOf({ repository, sha }: CommitReference): Promise<MergedPullRequest | null> {
  const { github, owner, repo } = await repositoryClient(repository);
  const { data } = await github.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: sha,
  });
  const merged = data.filter((pull) => pull.merged_at !== null);
  // A commit may be in several: as the one that merging made, and in branches that were made from it.
  const pull = merged.find((candidate) => candidate.merge_commit_sha === sha) ?? merged[0];
  return pull ? { repository, number: pull.number, mergeCommitSha: pull.merge_commit_sha ?? sha } : null;
}
