import { isUnknownCommit } from "./github-error.ts";
import { repositoryClient } from "./installation-client.ts";
import type { CommitReference } from "./relevant-commit.ts";

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
 * @returns null for a commit that was pushed without a pull request, and for one that GitHub does not have, as after a force push
 * @throws GitHub's other errors
 */
export async function findPullRequest({
  repository,
  sha,
}: CommitReference): Promise<MergedPullRequest | null> {
  const { github, owner, repo } = await repositoryClient(repository);
  const data = await github.rest.repos
    .listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: sha })
    .then((response) => response.data)
    .catch((error: unknown) => {
      if (isUnknownCommit(error)) return [];
      throw error;
    });
  const merged = data.filter((pull) => pull.merged_at !== null);
  // GitHub also lists pull requests whose branches were created from the commit; the merge commit identifies the right one.
  const pull = merged.find((candidate) => candidate.merge_commit_sha === sha) ?? merged[0];
  return pull ? { repository, number: pull.number, mergeCommitSha: pull.merge_commit_sha ?? sha } : null;
}
