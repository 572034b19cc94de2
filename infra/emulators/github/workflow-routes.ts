import type { Express, Request } from "express";
import { paginate } from "./paginate.ts";
import { findRepository, pathParam } from "./request.ts";
import { sendError, sendNotFound } from "./send-error.ts";
import type { GitHubState, WorkflowRun } from "./state.ts";
import { workflowRunJson } from "./to-json.ts";

/** https://docs.github.com/rest/actions/workflow-runs */
export function workflowRoutes(app: Express, state: GitHubState) {
  app.get("/repos/:owner/:repo/actions/runs", (request, response) => {
    const repository = findRepository(state, request);
    if (!repository) return sendNotFound(response);
    const runs = (repository.workflowRuns ?? []).filter((run) => matchesQuery(run, request));
    response.json({
      total_count: runs.length,
      workflow_runs: paginate(request, response, runs).map((run) => workflowRunJson(repository, run)),
    });
  });

  app.post("/repos/:owner/:repo/actions/runs/:id/cancel", (request, response) => {
    const runs = findRepository(state, request)?.workflowRuns ?? [];
    const run = runs.find(({ id }) => id === Number(pathParam(request, "id")));
    if (!run) return sendNotFound(response);
    if (run.status === "completed")
      return sendError(response, 409, "Cannot cancel a workflow run that is completed.");
    Object.assign(run, { status: "completed", conclusion: "cancelled" });
    response.status(202).json({});
  });
}

/** The query parameter `status` matches the status or the conclusion. */
function matchesQuery(run: WorkflowRun, { query }: Request): boolean {
  const asked: [unknown, (string | null)[]][] = [
    [query.branch, [run.headBranch]],
    [query.event, [run.event]],
    [query.head_sha, [run.headSha]],
    [query.status, [run.status, run.conclusion]],
  ];
  return asked.every(([wanted, own]) => wanted === undefined || own.includes(String(wanted)));
}
