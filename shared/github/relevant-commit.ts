import type { Config } from "../config.ts";

export interface Commit {
  sha: string;
  message: string;
  /** Login, name and e-mail address of the author; null or undefined if GitHub does not report one. */
  authorNames: (string | null | undefined)[];
}

export interface CommitReference {
  /** owner/name */
  repository: string;
  sha: string;
}

/**
 * Resolves a commit of the deployed repository to the commit that people wrote. A commit by the bot is a bump if its message starts with
 * `<upstream repository>@<sha>`: it stands for that upstream commit. Any other commit stands for itself.
 */
export function relevantCommit(commit: Commit, deploy: Config["deploy"]): CommitReference {
  const byBot = commit.authorNames.some((name) => name && deploy.bumpAuthors.includes(name));
  const prefix = `${deploy.upstreamRepository}@`;
  const sha = commit.message.startsWith(prefix)
    ? /^[0-9a-f]{40}\b/.exec(commit.message.slice(prefix.length))?.[0]
    : undefined;
  return byBot && sha
    ? { repository: deploy.upstreamRepository, sha }
    : { repository: deploy.repository, sha: commit.sha };
}
