import type { PullRequest, Repository, WorldCommit } from "./world.ts";

/** A commit as https://docs.github.com/rest/commits/commits shows it. */
export function commitJson(repository: Repository, commit: WorldCommit) {
  const { login, name, email } = commit.author;
  const index = repository.commits.indexOf(commit);
  const parent = repository.commits[index - 1];
  const person = { name, email, date: commit.date };
  return {
    sha: commit.sha,
    html_url: `https://github.com/${repository.fullName}/commit/${commit.sha}`,
    commit: { message: commit.message, author: person, committer: person },
    author: login === null ? null : userJson(login),
    committer: login === null ? null : userJson(login),
    parents: parent ? [{ sha: parent.sha }] : [],
  };
}

/** A pull request as https://docs.github.com/rest/pulls/pulls shows it. */
export function pullJson(repository: Repository, pull: PullRequest) {
  return {
    number: pull.number,
    title: pull.title,
    state: pull.merged ? "closed" : "open",
    html_url: `https://github.com/${repository.fullName}/pull/${pull.number}`,
    user: userJson(pull.author),
    head: { sha: pull.headSha, ref: pull.headBranch, repo: { full_name: repository.fullName } },
    base: { sha: pull.baseSha, ref: "master", repo: { full_name: repository.fullName } },
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.sha ?? null,
  };
}

export function repositoryJson({ fullName, private: isPrivate }: Repository) {
  const [owner = "", name = ""] = fullName.split("/");
  return {
    name,
    full_name: fullName,
    private: isPrivate,
    default_branch: "master",
    owner: { login: owner, type: "Organization" },
  };
}

export function userJson(login: string) {
  return {
    login,
    type: login.endsWith("[bot]") ? "Bot" : "User",
    avatar_url: `https://avatars.githubusercontent.com/${login}`,
  };
}
