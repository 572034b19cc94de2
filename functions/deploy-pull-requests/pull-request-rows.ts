import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Event, FreightEvent } from "../../shared/events/event.ts";
import type { Commit, MergedPullRequest } from "../../shared/github/commits.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { servicesDeployedBy } from "../../shared/organization/services.ts";

/** A deploy with the two commits to compare. */
export type ShippedDeploy = FreightEvent & { sha: string; previousSha: string };

/** Whether a production deploy finished with new commits. The first deploy has no previous commit to compare with. */
export function hasShippedCommits(event: Event, services: Service[]): event is ShippedDeploy {
  return (
    event.source === "freight" &&
    event.status === "finished" &&
    servicesDeployedBy(services, event.source, event).length > 0 &&
    event.sha !== null &&
    event.previousSha !== null &&
    event.sha !== event.previousSha
  );
}

/** A commit that a deploy shipped. */
export interface ShippedCommit {
  /** The commit of the deployed repository. */
  commit: Commit;
  /** owner/name and sha of the commit that it stands for. */
  relevant: { repository: string; sha: string };
  /** null for a commit that was pushed without one */
  pull: MergedPullRequest | null;
}

/** A row of `freight_to_pull_request` for each pull request that a deploy shipped, and for each commit without one. */
export function pullRequestRows(
  deploy: ShippedDeploy,
  shipped: ShippedCommit[],
  dataset: string,
): TableRow[] {
  return shipped.map(({ commit, relevant, pull }) => {
    const { repository, mergeCommitSha } = pull ?? { ...relevant, mergeCommitSha: relevant.sha };
    return {
      dataset,
      table: "freight_to_pull_request",
      insertId: `${deploy.id}:${repository}:${mergeCommitSha}`,
      row: {
        deploy_id: deploy.number,
        pull_request_number: pull?.number ?? null,
        commit_sha: mergeCommitSha,
        authored_at: commit.authoredAt,
        event_id: deploy.id,
        received_at: deploy.receivedAt,
      },
    };
  });
}
