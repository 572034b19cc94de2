import { createHash } from "node:crypto";
import type { CommitState, GitHubState, PullRequest, Repository } from "../../emulators/github/state.ts";
import { getsentryFiles, sentryFiles } from "./github-files.ts";
import { openPullRequests } from "./github-pull-requests.ts";

/** Invented people; their e-mail addresses are at the organization's domain. */
const people = [
  { login: "mira-okafor", name: "Mira Okafor" },
  { login: "jonas-lindqvist", name: "Jonas Lindqvist" },
  { login: "lena-fischer", name: "Lena Fischer" },
  { login: "tomas-novak", name: "Tomas Novak" },
  { login: "ines-duarte", name: "Ines Duarte" },
].map((person) => ({ ...person, email: `${person.login.replace("-", ".")}@sentry.io` }));

const bot = { login: "getsentry-bot", name: "getsentry-bot", email: "bot@sentry.io" };

const titles = [
  "feat(alerts): Let a rule snooze for an hour",
  "fix(issues): Keep the sort order when a tab is changed",
  "ref(api): Use one serializer for both project endpoints",
  "perf(events): Read tag values with one query",
  "test(replays): Cover an empty recording",
  "chore(deps): Bump the parser to its next minor",
  "fix(ui): Give the date picker a focus ring",
  "feat(releases): Show who deployed under each release",
];

const snubaTitles = [
  "feat(consumers): Commit offsets once a second",
  "fix(api): Refuse a query without a time range",
  "perf(replacer): Merge replacements of one project",
  "ref(datasets): Load the schemas from YAML",
  "fix(migrations): Wait until every replica has the column",
  "feat(admin): Explain a query before it runs",
];

const COMMITS = 40;
const START = Date.parse("2026-10-05T08:00:00Z");
const HOUR_MS = 3_600_000;

/**
 * The default state of the GitHub emulator: an organization with an upstream and a deployed repository, and a second service. Merged pull requests of the upstream
 * repository arrive in the deployed one as bumps by the bot, between its own commits. Each call returns an equal, new object.
 */
export function defaultGitHubState(): GitHubState {
  const sentry = upstream();
  return {
    organizations: [
      { login: "getsentry", members: [...people.map(({ login }) => login), bot.login] },
      { login: "octo-org", members: ["octocat"] },
    ],
    repositories: [
      withOpenWork(sentry, sentryFiles(), 22_500),
      withOpenWork(deployed(sentry), getsentryFiles(), 5100),
      snuba(),
    ],
    users: [
      ...people.map(({ login, name, email }) => ({ login, name, email })),
      { login: bot.login, name: bot.name, email: null },
      { login: "sam-rivera", name: "Sam Rivera", email: null },
      { login: "octocat", name: "The Octocat", email: null },
    ],
  };
}

/** @param number of the first open pull request */
function withOpenWork(repository: Repository, files: string[], number: number): Repository {
  const { pulls, runs } = openPullRequests(repository, number);
  const pullRequests = [...repository.pullRequests, ...pulls];
  return { ...repository, pullRequests, files, workflowRuns: runs };
}

function upstream(): Repository {
  const repository: Repository = {
    fullName: "getsentry/sentry",
    private: false,
    commits: [],
    pullRequests: [],
  };
  for (let index = 0; index < COMMITS; index++) {
    const title = titles[index % titles.length] ?? "";
    merge(repository, index, title, people[index % people.length] ?? bot, 22_400 + index);
  }
  return repository;
}

/** Four of five commits are bumps. The fifth is the repository's own: alternately a merged pull request and a direct push. */
function deployed(sentry: Repository): Repository {
  const repository: Repository = {
    fullName: "getsentry/getsentry",
    private: true,
    commits: [],
    pullRequests: [],
  };
  sentry.commits.forEach((upstreamCommit, index) => {
    push(repository, index * 2, `getsentry/sentry@${upstreamCommit.sha}\n\n${upstreamCommit.message}`, bot);
    if (index % 4 !== 3) return;
    const author = people[(index + 2) % people.length] ?? bot;
    if (index % 8 === 3)
      merge(repository, index * 2 + 1, "feat(billing): Round invoices to the cent", author, 5000 + index);
    else push(repository, index * 2 + 1, "chore: Adjust the deploy's timeout", author);
  });
  return repository;
}

/** A second service, which has no upstream. */
function snuba(): Repository {
  const repository: Repository = {
    fullName: "getsentry/snuba",
    private: false,
    commits: [],
    pullRequests: [],
  };
  snubaTitles.forEach((title, index) => {
    merge(repository, index, title, people[index % people.length] ?? bot, 6100 + index);
  });
  return repository;
}

function merge(
  repository: Repository,
  index: number,
  title: string,
  author: CommitState["author"],
  number: number,
): PullRequest {
  const baseSha = repository.commits.at(-1)?.sha ?? sha1(`${repository.fullName} root`);
  const commit = push(repository, index, `${title} (#${number})`, author);
  const pull: PullRequest = {
    number,
    title,
    author: author.login ?? "",
    headSha: sha1(`${repository.fullName} head ${number}`),
    headBranch: title
      .toLowerCase()
      .replace(/[^a-z]+/g, "-")
      .slice(0, 40),
    baseSha,
    merged: { sha: commit.sha, at: commit.date },
  };
  repository.pullRequests.push(pull);
  return pull;
}

function push(
  repository: Repository,
  index: number,
  message: string,
  author: CommitState["author"],
): CommitState {
  const date = new Date(START + index * HOUR_MS).toISOString();
  const commit = { sha: sha1(`${repository.fullName} ${index}`), message, author, date };
  repository.commits.push(commit);
  return commit;
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
