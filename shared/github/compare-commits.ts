import type { Config } from "../config.ts";
import {
  type CommitDetails,
  findUpstreamDetails,
  type RestCommit,
  toCommit,
  toDetails,
} from "./commit-details.ts";
import { isUnknownCommit } from "./github-error.ts";
import { repositoryClient } from "./installation-client.ts";
import type { Commit } from "./relevant-commit.ts";

/** GitHub's maximum. Without paging, a comparison ends after 250 commits. */
const PAGE_SIZE = 100;

export interface RelevantCommits {
  /** Number of all commits, those that are not listed included. */
  total: number;
  /** Newest first. */
  commits: CommitDetails[];
}

/**
 * Lists all commits that `head` has and `base` has not, oldest first.
 * https://docs.github.com/rest/commits/commits#compare-two-commits
 *
 * @param repository owner/name
 * @throws GitHub's errors, 404 for an unknown sha
 */
export async function commitsBetween(repository: string, base: string, head: string): Promise<Commit[]> {
  return (await compareCommits(repository, base, head)).map(toCommit);
}

/**
 * Lists the commits that `head` has and `base` has not, each bump replaced by its upstream commit. A bump costs one request more.
 *
 * @param limit how many commits are listed, the newest ones
 * @throws GitHub's errors, 404 for an unknown sha
 */
export async function relevantCommitsBetween(
  deploy: Config["deploy"],
  base: string,
  head: string,
  limit: number,
): Promise<RelevantCommits> {
  const all = await compareCommits(deploy.repository, base, head);
  const newest = all.slice(-limit).reverse();
  // The client limits itself to ten requests in flight.
  const commits = await Promise.all(
    newest.map(
      async (commit) => (await findUpstreamDetails(commit, deploy)) ?? toDetails(deploy.repository, commit),
    ),
  );
  return { total: all.length, commits };
}

/**
 * Whether `sha` is `head` or one of its ancestors.
 *
 * @param repository owner/name
 * @returns false if GitHub does not have one of them
 * @throws GitHub's other errors
 */
export async function containsCommit(repository: string, head: string, sha: string): Promise<boolean> {
  if (head === sha) return true;
  const { github, owner, repo } = await repositoryClient(repository);
  try {
    const basehead = `${sha}...${head}`;
    const { data } = await github.rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead,
      per_page: 1,
    });
    return data.status === "ahead" || data.status === "identical";
  } catch (error) {
    if (isUnknownCommit(error)) return false;
    throw error;
  }
}

async function compareCommits(repository: string, base: string, head: string): Promise<RestCommit[]> {
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
