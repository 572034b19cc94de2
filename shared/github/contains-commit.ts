import { isUnknownCommit } from "./is-unknown-commit.ts";
import { repositoryClient } from "./repository-client.ts";

/**
 * Whether `sha` is `head` or one of its ancestors.
 * https://docs.github.com/rest/commits/commits#compare-two-commits
 *
 * @param repository owner/name
 * @returns false when GitHub does not know one of them
 * @throws what GitHub answers otherwise
 */
export async function containsCommit(repository: string, head: string, sha: string): Promise<boolean> {
  if (head === sha) return true;
  const { github, owner, repo } = await repositoryClient(repository);
  try {
    const { data } = await github.rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead: `${sha}...${head}`,
      per_page: 1,
    });
    return data.status === "ahead" || data.status === "identical";
  } catch (error) {
    if (isUnknownCommit(error)) return false;
    throw error;
  }
}
