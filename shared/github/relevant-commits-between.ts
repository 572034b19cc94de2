import type { Config } from "../config.ts";
import { type CommitDetails, detailsOf, upstreamDetails } from "./commit-details.ts";
import { restCommitsBetween } from "./commits-between.ts";

export interface RelevantCommits {
  /** Of all commits, also of those that are not listed. */
  total: number;
  /** Newest first. */
  commits: CommitDetails[];
}

/**
 * What the commits that `head` has and `base` has not stand for: a bump for its upstream commit, any other for itself.
 * The comparison describes the deployed repository's own commits; each bump takes a request more.
 *
 * @param most how many commits are listed, the newest
 * @throws what GitHub answers, 404 for an unknown sha
 */
export async function relevantCommitsBetween(
  deploy: Config["deploy"],
  base: string,
  head: string,
  most: number,
): Promise<RelevantCommits> {
  const all = await restCommitsBetween(deploy.repository, base, head);
  const newest = all.slice(-most).reverse();
  // All at once: the client has at most ten requests under way.
  const commits = await Promise.all(
    newest.map(async (commit) => {
      const upstream = await upstreamDetails(commit, deploy);
      return upstream ?? detailsOf({ repository: deploy.repository, sha: commit.sha }, commit);
    }),
  );
  return { total: all.length, commits };
}
