import type { GitHubEvent } from "../../shared/events/github-event.ts";

type CheckRun = NonNullable<GitHubEvent["checkRun"]>;

/** Words of Looker's dashboards, older than GitHub's checks. */
const words: Record<string, string> = {
  in_progress: "started",
  failure: "failed",
  success: "passed",
  cancelled: "canceled",
};

/** The row of a check run in `development_metrics`; none for other events. */
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
      event: `build_${words[status] ?? status}`,
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

/** A check run lists every pull request with its commit, also those of forks; the organization's own is meant, of this repository if there are several. */
function findOwnPullRequest(run: CheckRun, repository: string | undefined, organization: string) {
  const owner = `${organization.toLowerCase()}/`;
  const own = run.pullRequests.filter((pull) => pull.baseRepository?.toLowerCase().startsWith(owner));
  return own.find((pull) => pull.baseRepository?.toLowerCase() === repository?.toLowerCase()) ?? own[0];
}
