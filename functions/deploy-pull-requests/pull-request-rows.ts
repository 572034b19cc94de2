import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Config } from "../../shared/config.ts";
import type { Event, FreightEvent } from "../../shared/events/event.ts";
import type { MergedPullRequest } from "../../shared/github/commits.ts";

/** A deploy with the two commits to compare. */
export type ShippedDeploy = FreightEvent & { sha: string; previousSha: string };

/** Whether a production deploy finished with new commits. The first deploy has no previous commit to compare with. */
export function hasShippedCommits(event: Event, deploy: Config["deploy"]): event is ShippedDeploy {
  return (
    event.source === "freight" &&
    event.status === "finished" &&
    event.app === deploy.app &&
    event.environment === deploy.environment &&
    event.sha !== null &&
    event.previousSha !== null &&
    event.sha !== event.previousSha
  );
}

/** A row of `freight_to_pull_request` for each pull request that a deploy shipped. @param pulls null for a commit without one */
export function pullRequestRows(
  deploy: ShippedDeploy,
  pulls: (MergedPullRequest | null)[],
  dataset: string,
): TableRow[] {
  return pulls
    .filter((pull) => pull !== null)
    .map((pull) => ({
      dataset,
      table: "freight_to_pull_request",
      insertId: `${deploy.id}:${pull.repository}:${pull.mergeCommitSha}`,
      row: {
        deploy_id: deploy.number,
        pull_request_number: pull.number,
        commit_sha: pull.mergeCommitSha,
        event_id: deploy.id,
        received_at: deploy.receivedAt,
      },
    }));
}
