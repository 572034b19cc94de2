import type { BootstrapEvent, FreightEvent, GitHubEvent } from "../../shared/events/event.ts";

type CheckRun = NonNullable<GitHubEvent["checkRun"]>;

/** Looker's dashboards use these words, which are older than GitHub's checks. */
const buildWords: Record<string, string> = {
  in_progress: "started",
  failure: "failed",
  success: "passed",
  cancelled: "canceled",
};

/** The row of a check run in `development_metrics`; no row for other events. */
export function toCheckRunMetrics(event: GitHubEvent, organization: string): Record<string, unknown>[] {
  const run = event.checkRun;
  if (!run) return [];
  const pull = findOwnPullRequest(run, event.repository?.fullName, organization);
  const status = run.conclusion ?? run.status;
  return [
    {
      object_id: pull?.number ?? null,
      source_id: run.id,
      parent_id: null,
      event: `build_${buildWords[status] ?? status}`,
      source: "github",
      start_timestamp: run.startedAt,
      end_timestamp: run.completedAt,
      meta: JSON.stringify({
        type: "check_run",
        name: run.name,
        head_commit: run.headSha,
        base_commit: pull?.baseSha ?? null,
        repo: event.repository?.fullName ?? null,
        branch: run.headBranch,
      }),
    },
  ];
}

/** The row of a production deploy in `development_metrics`. */
export function toDeployMetric(event: FreightEvent): Record<string, unknown> {
  return {
    object_id: null,
    source_id: event.number,
    parent_id: null,
    event: `deploy_${event.status}`,
    source: "freight",
    start_timestamp: event.startedAt,
    end_timestamp: event.finishedAt,
    meta: JSON.stringify({ app: event.app, head_commit: event.sha, base_commit: event.previousSha }),
  };
}

/** The row of a development environment's set-up in `development_metrics`. */
export function toBootstrapMetric(event: BootstrapEvent): Record<string, unknown> {
  const started = event.event === "bootstrap_start";
  return {
    object_id: null,
    source_id: null,
    parent_id: null,
    event: event.event,
    source: event.source,
    start_timestamp: started ? event.time : null,
    end_timestamp: started ? null : event.time,
    meta: JSON.stringify({ username: event.actor?.name ?? null }),
  };
}

/** A check run lists every pull request with its commit, those of forks included. Prefers the one in this repository over others of the organization. */
function findOwnPullRequest(run: CheckRun, repository: string | undefined, organization: string) {
  const owner = `${organization.toLowerCase()}/`;
  const own = run.pullRequests.filter((pull) => pull.baseRepository?.toLowerCase().startsWith(owner));
  return own.find((pull) => pull.baseRepository?.toLowerCase() === repository?.toLowerCase()) ?? own[0];
}
