import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Deployment } from "../../shared/events/deployment.ts";
import type { Event } from "../../shared/events/event.ts";
import type { Commit, MergedPullRequest } from "../../shared/github/commits.ts";

/** A commit that a deployment shipped. */
export interface ShippedCommit {
  /** The commit of the deployed repository. */
  commit: Commit;
  /** owner/name and sha of the commit that it stands for. */
  relevant: { repository: string; sha: string };
  /** null for a commit that was pushed without one */
  pull: MergedPullRequest | null;
}

/**
 * A row of `deployment_changes` for each commit that a deployment shipped. A commit that two services' repositories share has one.
 *
 * @param event the report that the deployment finished
 */
export function changeRows(
  event: Pick<Event, "id" | "source" | "receivedAt">,
  { app, environment, id, number }: Pick<Deployment, "app" | "environment" | "id" | "number">,
  shipped: ShippedCommit[],
  dataset: string,
): TableRow[] {
  return shipped.map(({ commit, relevant, pull }) => {
    const { repository, mergeCommitSha } = pull ?? { ...relevant, mergeCommitSha: relevant.sha };
    return {
      dataset,
      table: "deployment_changes",
      insertId: `${event.id}:${repository}:${mergeCommitSha}`,
      row: {
        source: event.source,
        app,
        environment,
        deployment_id: id,
        deployment_number: number,
        repository,
        commit_sha: mergeCommitSha,
        pull_request_number: pull?.number ?? null,
        authored_at: commit.authoredAt,
        event_id: event.id,
        received_at: event.receivedAt,
      },
    };
  });
}
