import type { Express } from "express";
import { paginate } from "./paginate.ts";
import { findRepository, pathParam } from "./request.ts";
import { sendNotFound } from "./send-error.ts";
import type { Annotation, CheckRunState, GitHubState, Repository } from "./state.ts";
import { defaultBranchOf, findCommit } from "./to-json.ts";

/** https://docs.github.com/rest/checks/runs, https://docs.github.com/rest/branches/branches and https://docs.github.com/rest/repos/rules */
export function checkRoutes(app: Express, state: GitHubState) {
  app.get("/repos/:owner/:repo/branches/:branch", (request, response) => {
    const repository = findRepository(state, request);
    const branch = pathParam(request, "branch");
    const head = repository && branch === defaultBranchOf(repository) ? repository.commits.at(-1) : undefined;
    if (!repository || !head) return sendNotFound(response);
    response.json({ name: branch, commit: { sha: head.sha }, ...protectionJson(repository) });
  });

  // The branch need not exist.
  app.get("/repos/:owner/:repo/rules/branches/:branch", (request, response) => {
    const repository = findRepository(state, request);
    if (!repository) return sendNotFound(response);
    const isDefault = pathParam(request, "branch") === defaultBranchOf(repository);
    const rulesets = isDefault ? (repository.requiredChecks?.rulesets ?? []) : [];
    response.json(paginate(request, response, rulesets.map(ruleJson(repository))));
  });

  app.get("/repos/:owner/:repo/commits/:ref/check-runs", (request, response) => {
    const repository = findRepository(state, request);
    const commit = repository && findCommit(repository, pathParam(request, "ref"));
    if (!repository || !commit) return sendNotFound(response);
    const all = (repository.checkRuns ?? []).filter(({ headSha }) => headSha === commit.sha);
    // The default: only the newest run of each name.
    const latest =
      request.query.filter === "all" ? all : [...new Map(all.map((run) => [run.name, run])).values()];
    const { check_name: name, status } = request.query;
    const runs = latest.filter(
      (run) => (name === undefined || run.name === name) && (status === undefined || run.status === status),
    );
    response.json({
      total_count: runs.length,
      check_runs: paginate(
        request,
        response,
        runs.map((run) => checkRunJson(repository, run)),
      ),
    });
  });

  app.get("/repos/:owner/:repo/commits/:ref/statuses", (request, response) => {
    const repository = findRepository(state, request);
    const commit = repository && findCommit(repository, pathParam(request, "ref"));
    if (!repository || !commit) return sendNotFound(response);
    const own = (repository.statuses ?? []).filter(({ sha }) => sha === commit.sha).reverse();
    response.json(
      paginate(
        request,
        response,
        own.map(({ context, state: value }) => ({ context, state: value })),
      ),
    );
  });

  app.get("/repos/:owner/:repo/check-runs/:id/annotations", (request, response) => {
    const runs = findRepository(state, request)?.checkRuns ?? [];
    const run = runs.find(({ id }) => id === Number(pathParam(request, "id")));
    if (!run) return sendNotFound(response);
    response.json(paginate(request, response, (run.annotations ?? []).map(annotationJson)));
  });
}

/** The part of a branch that a reader of contents sees; an administrator sees more at `/protection`. */
function protectionJson({ requiredChecks = {} }: Repository) {
  const { protection, rulesets = [] } = requiredChecks;
  const checks = protection ?? [];
  return {
    protected: protection !== undefined || rulesets.length > 0,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: checks.length > 0 ? "non_admins" : "off",
        contexts: checks,
        checks: checks.map((context) => ({ context, app_id: null })),
      },
    },
  };
}

function ruleJson({ fullName }: Repository) {
  return (checks: string[], index: number) => ({
    type: "required_status_checks",
    ruleset_source_type: "Repository",
    ruleset_source: fullName,
    ruleset_id: index + 1,
    parameters: {
      strict_required_status_checks_policy: false,
      required_status_checks: checks.map((context) => ({ context })),
    },
  });
}

function checkRunJson({ fullName }: Repository, run: CheckRunState) {
  return {
    id: run.id,
    name: run.name,
    head_sha: run.headSha,
    html_url: `https://github.com/${fullName}/runs/${run.id}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { title: null, summary: null, annotations_count: run.annotations?.length ?? 0 },
  };
}

function annotationJson({ path, startLine, level, title, message }: Annotation) {
  return {
    path,
    start_line: startLine,
    end_line: startLine,
    annotation_level: level,
    title,
    message,
    raw_details: null,
  };
}
