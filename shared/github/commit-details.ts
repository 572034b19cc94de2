import { z } from "zod";
import type { Config } from "../config.ts";
import { isUnknownCommit } from "./github-error.ts";
import { repositoryClient } from "./installation-client.ts";
import { type Commit, type CommitReference, relevantCommit } from "./relevant-commit.ts";

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

/** The fields that are read of GitHub's commit, https://docs.github.com/rest/commits/commits#get-a-commit */
export interface RestCommit {
  sha: string;
  html_url: string;
  commit: { message: string; author: { name?: string; email?: string } | null };
  author: { login?: string; avatar_url?: string } | null;
}

/**
 * Reads the commit that a commit of the deployed repository stands for: its upstream commit for a bump by the bot, otherwise itself.
 *
 * @returns null if GitHub does not have the commit; the bump itself if GitHub does not have the upstream commit
 * @throws GitHub's other errors
 */
export async function relevantCommitDetails(
  sha: string,
  deploy: Config["deploy"],
): Promise<CommitDetails | null> {
  const commit = await readCommit({ repository: deploy.repository, sha });
  if (!commit) return null;
  return (await findUpstreamDetails(commit, deploy)) ?? toDetails(deploy.repository, commit);
}

/** Reads the upstream commit of a bump. @returns null for other commits, and if GitHub does not have the upstream commit */
export async function findUpstreamDetails(
  commit: RestCommit,
  deploy: Config["deploy"],
): Promise<CommitDetails | null> {
  const reference = relevantCommit(toCommit(commit), deploy);
  if (reference.repository === deploy.repository) return null;
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

export function toCommit({ sha, commit, author }: RestCommit): Commit {
  return {
    sha,
    message: commit.message,
    authorNames: [author?.login, commit.author?.name, commit.author?.email],
  };
}

/** @param repository owner/name */
export function toDetails(repository: string, { sha, html_url, commit, author }: RestCommit): CommitDetails {
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
