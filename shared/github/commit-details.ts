import { z } from "zod";
import type { Config } from "../config.ts";
import { isUnknownCommit } from "./is-unknown-commit.ts";
import { type Commit, type CommitReference, relevantCommit } from "./relevant-commit.ts";
import { repositoryClient } from "./repository-client.ts";

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
    name: z.string(),
    email: z.string().nullable(),
    avatarUrl: z.string().nullable(),
  }),
});
export type CommitDetails = z.infer<typeof commitDetails>;

/**
 * The commit that a commit of the deployed repository stands for: a bump by the bot stands for the upstream commit that it names.
 *
 * @returns null when GitHub does not know the commit; the bump itself when it does not know the upstream commit
 * @throws what GitHub answers otherwise
 */
export async function relevantCommitDetails(
  sha: string,
  deploy: Config["deploy"],
): Promise<CommitDetails | null> {
  const own = { repository: deploy.repository, sha };
  const commit = await readCommit(own);
  if (!commit) return null;
  return (await upstreamDetails(commit, deploy)) ?? detailsOf(own, commit);
}

/** The upstream commit that a bump stands for. @returns null for what is no bump, and when GitHub does not know the upstream commit */
export async function upstreamDetails(
  commit: RestCommit,
  deploy: Config["deploy"],
): Promise<CommitDetails | null> {
  const reference = relevantCommit(commitOf(commit), deploy);
  if (reference.repository === deploy.repository) return null;
  const upstream = await readCommit(reference);
  return upstream && detailsOf(reference, upstream);
}

/** @returns null when GitHub does not know it */
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

/** What is read of a commit, https://docs.github.com/rest/commits/commits#get-a-commit */
export interface RestCommit {
  sha: string;
  html_url: string;
  commit: { message: string; author: { name?: string; email?: string } | null };
  author: { login?: string; avatar_url?: string } | null;
}

/** A commit in the shape that `relevantCommit` decides on. */
export function commitOf({ sha, commit, author }: RestCommit): Commit {
  return { sha, message: commit.message, by: [author?.login, commit.author?.name, commit.author?.email] };
}

/** A commit as people are shown it, from what GitHub says of it. */
export function detailsOf(
  { repository }: CommitReference,
  { sha, html_url, commit, author }: RestCommit,
): CommitDetails {
  const [title = "", ...rest] = commit.message.split("\n");
  return {
    repository,
    sha,
    title: title.trim(),
    body: rest.join("\n").trim(),
    url: html_url,
    author: {
      login: author?.login ?? null,
      name: commit.author?.name ?? author?.login ?? "unknown",
      email: commit.author?.email ?? null,
      avatarUrl: author?.avatar_url ?? null,
    },
  };
}
