import { createHash } from "node:crypto";
import type { PullRequest, Repository, WorkflowRun } from "../../emulators/github/state.ts";

const OPENED = "2026-10-09T09:00:00Z";
const MINUTE_MS = 60_000;

/** State of a workflow run. */
type State = Pick<WorkflowRun, "name" | "status" | "conclusion">;

const running: State[] = [
  { name: "backend", status: "in_progress", conclusion: null },
  { name: "acceptance", status: "queued", conclusion: null },
  { name: "frontend", status: "completed", conclusion: "success" },
  { name: "getsentry dispatcher", status: "waiting", conclusion: null },
  { name: "lint", status: "completed", conclusion: "failure" },
];
const finished: State[] = [
  { name: "backend", status: "completed", conclusion: "success" },
  { name: "frontend", status: "completed", conclusion: "cancelled" },
];
const started: State[] = [
  { name: "backend", status: "in_progress", conclusion: null },
  { name: "frontend", status: "queued", conclusion: null },
];

/**
 * Pull requests that are not merged, with their workflow runs. Pull request n has runs in progress, those of n+1 are completed. n+2 comes from
 * a fork with the same branch name as n, n+3 from a deleted fork. n+4 was closed without merging.
 *
 * @param number n, of the first pull request
 */
export function openPullRequests(
  { fullName, commits }: Pick<Repository, "fullName" | "commits">,
  number: number,
): { pulls: PullRequest[]; runs: WorkflowRun[] } {
  const fork = `sam-rivera/${fullName.split("/")[1]}`;
  const open = (offset: number, title: string, author: string, headBranch: string): PullRequest => ({
    number: number + offset,
    title,
    author,
    headSha: createHash("sha1")
      .update(`${fullName} head ${number + offset}`)
      .digest("hex"),
    headBranch,
    baseSha: commits.at(-1)?.sha ?? "",
    merged: null,
  });
  const tested = open(0, "feat(search): Remember the last query", "mira-okafor", "feat/search");
  const done = open(1, "ref(ui): Convert pagination to TypeScript", "lena-fischer", "ref/pagination");
  const forked = open(2, "fix(search): Trim what is searched for", "sam-rivera", "feat/search");
  const gone = open(3, "docs: Fix a link", "octocat", "patch-1");
  const closed = open(4, "chore: Try another linter", "tomas-novak", "chore/linter");
  const runs = [
    ...workflowRuns(tested, fullName, running),
    ...workflowRuns(done, fullName, finished),
    ...workflowRuns(forked, fork, started),
  ];
  return {
    pulls: [
      tested,
      done,
      { ...forked, headRepository: fork },
      { ...gone, headRepository: null },
      { ...closed, closed: true },
    ],
    // Newest first, as GitHub lists them.
    runs: runs.reverse(),
  };
}

function workflowRuns(pull: PullRequest, headRepository: string, states: State[]): WorkflowRun[] {
  return states.map((state, index) => ({
    id: pull.number * 100 + index,
    ...state,
    headBranch: pull.headBranch,
    headSha: pull.headSha,
    headRepository,
    event: "pull_request",
    createdAt: new Date(Date.parse(OPENED) + (pull.number + index) * MINUTE_MS).toISOString(),
  }));
}
