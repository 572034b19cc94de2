import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { MergedPullRequest } from "../../shared/github/pull-request-of.ts";
import type { Shipped } from "./is-shipped.ts";

/** A row in `freight_to_pull_request` for each shipped commit that has a pull request. */
export function pullRequestRows(
  deploy: Shipped,
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
