import { z } from "zod";
import { toRfc3339 } from "../events/to-rfc3339.ts";
import type { Service } from "../organization/organization.ts";
import { isSameRepository } from "../organization/services.ts";
import { hasStatus, isUnknownCommit, repositoryClient } from "./installation-client.ts";

/** A commit as messages show it. */
export const commitDetails = z.object({
  /** owner/name */
  repository: z.string(),
  sha: z.string(),
  /** First line of the commit message. */
  title: z.string(),
  /** The other lines of the commit message. */
  body: z.string(),
  /** GitHub's page of the commit. */
  url: z.string(),
  author: z.object({
    /** null if the e-mail address belongs to no account. */
    login: z.string().nullable(),
    /** Number of the account. Earlier releases stored none. */
    githubId: z.number().nullish(),
    name: z.string(),
    email: z.string().nullable(),
    avatarUrl: z.string().nullable(),
  }),
});
export type CommitDetails = z.infer<typeof commitDetails>;

/** The fields that are read of GitHub's commit, https://docs.github.com/rest/commits/commits#get-a-commit */
interface RestCommit {
  sha: string;
  html_url: string;
  commit: { message: string; author: { name?: string; email?: string; date?: string } | null };
  author: { login?: string; id?: number; avatar_url?: string } | null;
}

/**
 * Reads the commit that a commit of the deployed repository stands for: its upstream commit for a bump by the bot, otherwise itself.
 *
 * @returns null if GitHub does not have the commit; the bump itself if GitHub does not have the upstream commit
 * @throws GitHub's other errors
 */
export async function relevantCommitDetails(sha: string, service: Source): Promise<CommitDetails | null> {
  const commit = await readCommit({ repository: service.repository, sha });
  if (!commit) return null;
  return (await findUpstreamDetails(commit, service)) ?? toDetails(service.repository, commit);
}

/** Reads the upstream commit of a bump. @returns null for other commits, and if GitHub does not have the upstream commit */
async function findUpstreamDetails(commit: RestCommit, service: Source): Promise<CommitDetails | null> {
  const reference = relevantCommit(toCommit(commit), service);
  if (isSameRepository(reference.repository, service.repository)) return null;
  const upstream = await readCommit(reference);
  return upstream && toDetails(reference.repository, upstream);
}

/** @returns null if GitHub does not have it */
async function readCommit({ repository, sha }: CommitReference): Promise<RestCommit | null> {
  const { github, owner, repo } = await repositoryClient(repository);
  try {
    const { data } = await github.rest.repos.getCommit({ owner, repo, ref: sha });
    return data;
  } catch (error) {
    if (isUnknownCommit(error)) return null;
    throw error;
  }
}

function toCommit({ sha, commit, author }: RestCommit): Commit {
  return {
    sha,
    message: commit.message,
    authoredAt: toRfc3339(commit.author?.date),
    authorNames: [author?.login, commit.author?.name, commit.author?.email],
  };
}

/** @param repository owner/name */
function toDetails(repository: string, { sha, html_url, commit, author }: RestCommit): CommitDetails {
  const [title = "", ...rest] = commit.message.split("\n");
  return {
    repository,
    sha,
    title: title.trim(),
    body: rest.join("\n").trim(),
    url: html_url,
    author: {
      login: author?.login ?? null,
      githubId: author?.id ?? null,
      name: commit.author?.name ?? author?.login ?? "unknown",
      email: commit.author?.email ?? null,
      avatarUrl: author?.avatar_url ?? null,
    },
  };
}

/** GitHub's maximum. Without paging, a comparison ends after 250 commits. */
const PAGE_SIZE = 100;

interface RelevantCommits {
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
  service: Source,
  base: string,
  head: string,
  limit: number,
): Promise<RelevantCommits> {
  const all = await compareCommits(service.repository, base, head);
  const newest = all.slice(-limit).reverse();
  // The client limits itself to ten requests in flight.
  const commits = await Promise.all(
    newest.map(
      async (commit) => (await findUpstreamDetails(commit, service)) ?? toDetails(service.repository, commit),
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

/**
 * Whether a commit is on a branch. Unlike `containsCommit` it distinguishes a commit that the repository does not have from a repository
 * that GitHub does not show to the App: for both the comparison is 404.
 *
 * @param repository owner/name
 * @returns false if GitHub does not have the commit
 * @throws GitHub's other errors, 404 for a repository or branch that GitHub does not show
 */
export async function isOnBranch(repository: string, branch: string, sha: string): Promise<boolean> {
  const { github, owner, repo } = await repositoryClient(repository);
  try {
    const comparison = { owner, repo, basehead: `${sha}...${branch}`, per_page: 1 };
    const { data } = await github.rest.repos.compareCommitsWithBasehead(comparison);
    return data.status === "ahead" || data.status === "identical";
  } catch (error) {
    // https://docs.github.com/rest/commits/commits#get-a-commit: 422 for an unknown sha of a repository that GitHub shows.
    if (hasStatus(error, 404) && (await isUnknownSha({ repository, sha }))) return false;
    throw error;
  }
}

async function isUnknownSha({ repository, sha }: CommitReference): Promise<boolean> {
  const { github, owner, repo } = await repositoryClient(repository);
  try {
    await github.rest.repos.getCommit({ owner, repo, ref: sha });
    return false;
  } catch (error) {
    return hasStatus(error, 422);
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

export interface Commit {
  sha: string;
  message: string;
  /** RFC 3339; null if GitHub does not report it, or it is no date */
  authoredAt: string | null;
  /** Login, name and e-mail address of the author; null or undefined if GitHub does not report one. */
  authorNames: (string | null | undefined)[];
}

interface CommitReference {
  /** owner/name */
  repository: string;
  sha: string;
}

/** What is needed of a service to resolve its commits. */
type Source = Pick<Service, "repository" | "upstream">;

/**
 * Resolves a commit of the deployed repository to the commit that people wrote. A commit by the bot is a bump if its message starts with
 * `<upstream repository>@<sha>`: it stands for that upstream commit. Any other commit stands for itself.
 */
export function relevantCommit(commit: Commit, { repository, upstream }: Source): CommitReference {
  const own = { repository, sha: commit.sha };
  if (!upstream || !commit.authorNames.some((name) => name && upstream.bumpAuthors.includes(name)))
    return own;
  const prefix = `${upstream.repository}@`;
  if (!isSameRepository(commit.message.slice(0, prefix.length), prefix)) return own;
  const sha = /^[0-9a-f]{40}\b/.exec(commit.message.slice(prefix.length))?.[0];
  return sha ? { repository: upstream.repository, sha } : own;
}

export interface MergedPullRequest {
  /** owner/name */
  repository: string;
  number: number;
  mergeCommitSha: string;
  /** null if the account was deleted. */
  author: { login: string; githubId: number } | null;
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
  if (!pull) return null;
  const author = pull.user && { login: pull.user.login, githubId: pull.user.id };
  return { repository, number: pull.number, mergeCommitSha: pull.merge_commit_sha ?? sha, author };
}
