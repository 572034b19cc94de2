import { commitOf, type RestCommit } from "./commit-details.ts";
import type { Commit } from "./relevant-commit.ts";
import { repositoryClient } from "./repository-client.ts";

/** GitHub's largest page; without paging a comparison ends after 250 commits. */
const PAGE_SIZE = 100;

/**
 * The commits that `head` has and `base` has not, oldest first, however many there are.
 * https://docs.github.com/rest/commits/commits#compare-two-commits
 *
 * @param repository owner/name
 * @throws what GitHub answers, 404 for an unknown sha
 */
export async function commitsBetween(repository: string, base: string, head: string): Promise<Commit[]> {
  return (await restCommitsBetween(repository, base, head)).map(commitOf);
}

/** The same commits, as GitHub describes them. */
export async function restCommitsBetween(
  repository: string,
  base: string,
  head: string,
): Promise<RestCommit[]> {
  const { github, owner, repo } = await repositoryClient(repository);
  const commits: RestCommit[] = [];
  for (let page = 1; ; page++) {
    const { data } = await github.rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead: `${base}...${head}`,
      per_page: PAGE_SIZE,
      page,
    });
    commits.push(...data.commits);
    if (data.commits.length === 0 || commits.length >= data.total_commits) return commits;
  }
}
