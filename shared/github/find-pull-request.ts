import type { CommitReference } from "./commits.ts";
import { repositoryClient } from "./installation-client.ts";

export interface MergedPullRequest {
  /** owner/name */
  repository: string;
  number: number;
  mergeCommitSha: string;
}

/**
 * Finds the merged pull request that added a commit to its repository.
 * https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 *
 * @returns null for a commit that was pushed without a pull request
 * @throws GitHub's errors
 */
export async function findPullRequest({
  repository,
  sha,
}: CommitReference): Promise<MergedPullRequest | null> {
  const { github, owner, repo } = await repositoryClient(repository);
  const { data } = await github.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: sha,
  });
  const merged = data.filter((pull) => pull.merged_at !== null);
  // GitHub also lists pull requests whose branches were created from the commit; the merge commit identifies the right one.
  const pull = merged.find((candidate) => candidate.merge_commit_sha === sha) ?? merged[0];
  return pull ? { repository, number: pull.number, mergeCommitSha: pull.merge_commit_sha ?? sha } : null;
}
