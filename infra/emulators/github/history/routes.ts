import type { Express, Request, Response } from "express";
import { paginate } from "../paginate.ts";
import { pathParam } from "../request.ts";
import type { GitHubState } from "../state.ts";
import type { RepositoryHistory } from "./repository-history.ts";

type Json = Record<string, unknown>;

/** Fields of a pull request that lists do not have: https://docs.github.com/rest/pulls/pulls#get-a-pull-request */
const SINGLE_FIELDS = new Set(["merged", "merged_by", "additions", "deletions", "changed_files", "commits"]);

/** Of a search by time: https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
const MAX_RESULTS = 1000;

/**
 * The lists of a repository whose history is recorded. Other repositories have the routes that follow these.
 *
 * https://docs.github.com/rest/pulls, https://docs.github.com/rest/issues, https://docs.github.com/rest/checks/runs,
 * https://docs.github.com/rest/actions, https://docs.github.com/rest/deployments
 */
export function historyRoutes(app: Express, state: GitHubState) {
  const at = (
    path: string,
    respond: (history: RepositoryHistory, request: Request, response: Response) => unknown,
  ) =>
    app.get(`/repos/:owner/:repo${path}`, (request, response, next) => {
      const { owner, repo } = request.params as Record<string, string>;
      const history = state.histories?.get(`${owner}/${repo}`.toLowerCase());
      if (!history) return next();
      const body = respond(history, request, response);
      if (body === undefined) next();
      else response.json(body);
    });

  // The list has fewer fields than a single pull request.
  at("/pulls", (history, request, response) =>
    paginate(
      request,
      response,
      newestFirst([...history.pulls.values()], "updated_at").map((pull) =>
        Object.fromEntries(Object.entries(pull).filter(([name]) => !SINGLE_FIELDS.has(name))),
      ),
    ),
  );
  at("/pulls/:number", (history, request) => history.pulls.get(numberOf(request)));
  at("/pulls/:number/reviews", (history, request, response) =>
    paginate(request, response, history.reviews.get(numberOf(request)) ?? []),
  );
  at("/pulls/:number/commits", (history, request, response) => {
    const pull = history.pulls.get(numberOf(request));
    const pushes = history.pushes.get(`refs/heads/${(pull?.head as Json | undefined)?.ref}`) ?? [];
    return paginate(
      request,
      response,
      pushes.flatMap(({ commits, pushedAt }) => commits.map((commit) => toCommit(commit, pushedAt))),
    );
  });
  at("/issues", (history, request, response) =>
    paginate(request, response, newestFirst(since([...history.issues.values()], request), "updated_at")),
  );
  at("/issues/:number/events", (history, request, response) =>
    paginate(request, response, history.issueEvents.get(numberOf(request)) ?? []),
  );
  at("/issues/comments", (history, request, response) =>
    paginate(request, response, since(history.comments, request)),
  );
  at("/commits", (history, request, response) => {
    const from = String(request.query.since ?? "");
    const pushes = history.pushes.get(`refs/heads/${request.query.sha ?? "master"}`) ?? [];
    const commits = pushes.flatMap((push) => push.commits.map((commit) => toCommit(commit, push.pushedAt)));
    return paginate(
      request,
      response,
      commits.filter(({ commit }) => commit.committer.date >= from).reverse(),
    );
  });
  at("/compare/:basehead", compare);
  at("/commits/:sha/pulls", (history, request, response) => {
    const sha = pathParam(request, "sha");
    const pulls = [...history.pulls.values()].filter(
      (pull) => pull.merge_commit_sha === sha || (pull.head as Json).sha === sha,
    );
    return paginate(request, response, pulls);
  });
  at("/commits/:ref/check-runs", (history, request, response) => {
    const runs = [...(history.checkRuns.get(pathParam(request, "ref"))?.values() ?? [])];
    return { total_count: runs.length, check_runs: paginate(request, response, runs) };
  });
  at("/actions/runs", (history, request, response) => {
    const runs = newestFirst([...history.workflowRuns.values()], "created_at").filter(
      isCreatedWithin(request),
    );
    return {
      total_count: runs.length,
      workflow_runs: paginate(request, response, runs.slice(0, MAX_RESULTS)),
    };
  });
  at("/actions/runs/:number/jobs", (history, request, response) => {
    const jobs = [...history.workflowJobs.values()].filter(({ run_id }) => run_id === numberOf(request));
    return { total_count: jobs.length, jobs: paginate(request, response, jobs) };
  });
  at("/deployments", (history, request, response) =>
    paginate(request, response, newestFirst([...history.deployments.values()], "created_at")),
  );
  at("/deployments/:number/statuses", (history, request, response) =>
    paginate(request, response, history.deploymentStatuses.get(numberOf(request)) ?? []),
  );
}

/** Of two commits of a branch, whose history has no merges: https://docs.github.com/rest/commits/commits#compare-two-commits */
function compare(history: RepositoryHistory, request: Request, response: Response) {
  const [base, head] = pathParam(request, "basehead").split("...");
  for (const pushes of history.pushes.values()) {
    const commits = pushes.flatMap((push) => push.commits.map((commit) => toCommit(commit, push.pushedAt)));
    const [start, end] = [base, head].map((sha) => commits.findIndex((commit) => commit.sha === sha));
    if (start === undefined || end === undefined || start < 0 || end < 0) continue;
    const ahead = commits.slice(start + 1, end + 1);
    return {
      status: start === end ? "identical" : start < end ? "ahead" : "behind",
      ...{ ahead_by: ahead.length, behind_by: Math.max(0, start - end), total_commits: ahead.length },
      commits: paginate(request, response, ahead),
    };
  }
  return undefined;
}

/** Spans like `2025-01-01T00:00:00Z..2025-01-02T00:00:00Z`, both ends included. */
function isCreatedWithin({ query }: Request): (run: Json) => boolean {
  const [from = "", until] = String(query.created ?? "").split("..");
  return ({ created_at }) =>
    String(created_at) >= from && (until === undefined || String(created_at) <= until);
}

function numberOf(request: Request): number {
  return Number(pathParam(request, "number"));
}

function newestFirst(objects: Json[], field: string): Json[] {
  return objects.toSorted((a, b) => String(b[field]).localeCompare(String(a[field])));
}

function since(objects: Json[], { query }: Request): Json[] {
  return objects.filter(({ updated_at }) => String(updated_at) >= String(query.since ?? ""));
}

/** A commit of a push as the API has it, https://docs.github.com/rest/commits/commits */
function toCommit(pushed: Json, pushedAt: number) {
  const author = pushed.author as { name: string; email: string; username: string };
  const committed = new Date(pushedAt * 1000).toISOString().replace(".000Z", "Z");
  return {
    sha: pushed.id,
    html_url: pushed.url,
    commit: {
      message: pushed.message,
      author: { name: author.name, email: author.email, date: pushed.timestamp },
      committer: { name: author.name, email: author.email, date: committed },
    },
    author: { login: author.username, type: "User" },
    committer: { login: author.username, type: "User" },
    parents: [],
  };
}
