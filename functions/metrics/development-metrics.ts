import type { Deployment } from "../../shared/events/deployment.ts";
import type { BootstrapEvent, Event, GitHubEvent } from "../../shared/events/event.ts";

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

/** The row of a deployment to production in `development_metrics`. `source_id` is its number, or an id that is one, such as GitHub's. */
export function toDeployMetric({ source }: Event, deployment: Deployment): Record<string, unknown> {
  const { app, id, number, status, sha, previousSha, startedAt, finishedAt } = deployment;
  return {
    object_id: null,
    source_id: number ?? (/^\d{1,15}$/.test(id) ? Number(id) : null),
    parent_id: null,
    event: `deploy_${status}`,
    source,
    start_timestamp: startedAt,
    end_timestamp: finishedAt,
    meta: JSON.stringify({ app, head_commit: sha, base_commit: previousSha }),
  };
}

/** The row of a development environment's set-up in `development_metrics`, whatever function received the report of it. */
export function toBootstrapMetric(
  step: BootstrapEvent["event"],
  event: Pick<Event, "time" | "actor">,
): Record<string, unknown> {
  const started = step === "bootstrap_start";
  return {
    object_id: null,
    source_id: null,
    parent_id: null,
    event: step,
    source: "bootstrap-dev-env",
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
