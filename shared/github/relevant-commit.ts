import type { Config } from "../config.ts";

export interface Commit {
  sha: string;
  message: string;
  /** Login, name and e-mail of the author, as far as they are known. */
  by: (string | null | undefined)[];
}

export interface CommitReference {
  /** owner/name */
  repository: string;
  sha: string;
}

/**
 * The commit that a commit of the deployed repository stands for: a bump by the bot, whose message starts with
 * `<upstream repository>@<sha>`, stands for that upstream commit; any other commit stands for itself.
 */
export function relevantCommit(commit: Commit, deploy: Config["deploy"]): CommitReference {
  const byBot = commit.by.some((name) => name && deploy.bumpAuthors.includes(name));
  const prefix = `${deploy.upstreamRepository}@`;
  const sha = commit.message.startsWith(prefix)
    ? /^[0-9a-f]{40}\b/.exec(commit.message.slice(prefix.length))?.[0]
    : undefined;
  return byBot && sha
    ? { repository: deploy.upstreamRepository, sha }
    : { repository: deploy.repository, sha: commit.sha };
}
