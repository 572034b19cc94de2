import { createHash } from "node:crypto";
import type { CommitState, GitHubUser, PullRequest, Repository, WorkflowRun } from "./state.ts";
import { repositoryPayload } from "./webhooks/payload.ts";

export function defaultBranchOf({ defaultBranch = "master" }: Repository): string {
  return defaultBranch;
}

/** @param ref sha of a commit, or the default branch */
export function findCommit(repository: Repository, ref: string): CommitState | undefined {
  if (ref === defaultBranchOf(repository)) return repository.commits.at(-1);
  return repository.commits.find(({ sha }) => sha === ref);
}

/** https://docs.github.com/rest/commits/commits */
export function commitJson(repository: Repository, commit: CommitState) {
  const { login, name, email } = commit.author;
  const index = repository.commits.indexOf(commit);
  const parent = commit.orphan ? undefined : repository.commits[index - 1];
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

/** https://docs.github.com/rest/pulls/pulls */
export function pullJson(repository: Repository, pull: PullRequest) {
  const { headRepository: from = repository.fullName } = pull;
  const owner = from?.split("/")[0] ?? pull.author;
  return {
    number: pull.number,
    title: pull.title,
    state: pull.merged || pull.closed ? "closed" : "open",
    merged: pull.merged !== null,
    html_url: `https://github.com/${repository.fullName}/pull/${pull.number}`,
    user: userJson(pull.author),
    head: {
      label: `${owner}:${pull.headBranch}`,
      sha: pull.headSha,
      ref: pull.headBranch,
      user: userJson(owner),
      // A deleted fork is null.
      repo: from === null ? null : minimalRepositoryJson(from, from !== repository.fullName),
    },
    base: {
      sha: pull.baseSha,
      ref: defaultBranchOf(repository),
      repo: minimalRepositoryJson(repository.fullName),
    },
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.sha ?? null,
  };
}

/** https://docs.github.com/rest/actions/workflow-runs */
export function workflowRunJson({ fullName }: Repository, run: WorkflowRun) {
  const api = `https://api.github.com/repos/${fullName}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    display_title: run.name,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    url: api,
    html_url: `https://github.com/${fullName}/actions/runs/${run.id}`,
    cancel_url: `${api}/cancel`,
    created_at: run.createdAt,
    // GitHub lists no pull requests of forks.
    pull_requests: [],
    repository: minimalRepositoryJson(fullName),
    head_repository: minimalRepositoryJson(run.headRepository, run.headRepository !== fullName),
  };
}

/** A repository as a part of another object. */
function minimalRepositoryJson(fullName: string, fork = false) {
  const [owner = "", name = ""] = fullName.split("/");
  return { name, full_name: fullName, fork, owner: { login: owner } };
}

export function repositoryJson(repository: Repository) {
  const { fullName, private: isPrivate } = repository;
  const [owner = "", name = ""] = fullName.split("/");
  return {
    id: repositoryPayload(fullName).id,
    name,
    full_name: fullName,
    private: isPrivate,
    default_branch: defaultBranchOf(repository),
    owner: { login: owner, type: "Organization" },
  };
}

/** The state has no numbers of accounts: each is a hash of the login. */
export function accountId(login: string): number {
  return Number.parseInt(createHash("sha256").update(login.toLowerCase()).digest("hex").slice(0, 8), 16);
}

export function userJson(login: string) {
  return {
    login,
    id: accountId(login),
    type: login.endsWith("[bot]") ? "Bot" : "User",
    avatar_url: `https://avatars.githubusercontent.com/${login}`,
  };
}

/** https://docs.github.com/rest/users/users */
export function profileJson({ login, name, email }: GitHubUser) {
  return { ...userJson(login), html_url: `https://github.com/${login}`, name, email };
}
