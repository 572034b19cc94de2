import type { CommitState, GitHubState, PullRequest, Repository } from "../emulators/github/state.ts";
import { defaultGitHubState } from "../local/seed/github.ts";
import { colleagues, outsiders, RELEASE_BOT } from "./history/people.ts";
import { type HistoryPlan, planHistory } from "./history/plan-history.ts";
import { DEPLOYED, rootCommit, UPSTREAM } from "./history/plan-pull-requests.ts";

type Author = CommitState["author"];

/**
 * The default state of the GitHub emulator, preceded by the commits and pull requests of the demo's month.
 *
 * @param date of the demo's day, YYYY-MM-DD
 */
export function demoState(date: string): GitHubState {
  const state = defaultGitHubState();
  const plan = planHistory(date);
  const users = [...state.users, ...colleagues, ...outsiders];
  const authors = new Map(
    users.map(({ login, name, email }) => [
      login,
      { login, name: name ?? login, email: email ?? `${login}@users.noreply.github.com` },
    ]),
  );
  return {
    organizations: state.organizations.map((organization) =>
      organization.login === "getsentry"
        ? { ...organization, members: [...organization.members, ...colleagues.map(({ login }) => login)] }
        : organization,
    ),
    repositories: state.repositories.map((repository) => withHistory(repository, plan, authors)),
    users,
  };
}

function withHistory(repository: Repository, plan: HistoryPlan, authors: Map<string, Author>): Repository {
  const { fullName } = repository;
  const commits = { [UPSTREAM]: upstreamCommits, [DEPLOYED]: deployedCommits }[fullName];
  if (!commits) return repository;
  const history = [rootCommitState(plan, fullName, authors), ...commits(plan, authors)];
  return {
    ...repository,
    commits: [...history, ...repository.commits],
    pullRequests: [...pullRequests(plan, fullName), ...repository.pullRequests],
  };
}

function rootCommitState(
  { clock, days }: HistoryPlan,
  repository: string,
  authors: Map<string, Author>,
): CommitState {
  return {
    sha: rootCommit(clock, repository),
    message: "chore: Begin the month",
    author: findAuthor(authors, RELEASE_BOT),
    date: clock.at(days[0]?.midnight ?? 0),
  };
}

function upstreamCommits({ clock, commits }: HistoryPlan, authors: Map<string, Author>): CommitState[] {
  return commits.flatMap(({ upstreamSha, pull, at }) =>
    upstreamSha === null
      ? []
      : [
          {
            sha: upstreamSha,
            message: `${pull.title} (#${pull.number})`,
            author: findAuthor(authors, pull.author),
            date: clock.at(at),
          },
        ],
  );
}

function deployedCommits({ clock, commits }: HistoryPlan, authors: Map<string, Author>): CommitState[] {
  return commits.map(({ sha, upstreamSha, pull, at }) => {
    const message = `${pull.title} (#${pull.number})`;
    const isBump = upstreamSha !== null;
    return {
      sha,
      message: isBump ? `${UPSTREAM}@${upstreamSha}\n\n${message}` : message,
      author: findAuthor(authors, isBump ? RELEASE_BOT : pull.author),
      date: clock.at(at),
    };
  });
}

function pullRequests({ clock, pulls }: HistoryPlan, fullName: string): PullRequest[] {
  return pulls
    .filter(({ repository }) => repository === fullName)
    .map(({ number, title, author, headSha, branch, mergeSha, end }) => ({
      number,
      title,
      author,
      headSha,
      headBranch: branch,
      baseSha: rootCommit(clock, fullName),
      merged: end?.merged ? { sha: mergeSha, at: clock.at(end.at) } : null,
      closed: end !== null && !end.merged,
    }));
}

/** @throws {Error} if no user has the login */
function findAuthor(authors: Map<string, Author>, login: string): Author {
  const author = authors.get(login);
  if (!author) throw new Error(`There is no user ${login}`);
  return author;
}
