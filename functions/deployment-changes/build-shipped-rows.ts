import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Deploy } from "../../shared/database/deploys.ts";
import type { Deployment } from "../../shared/events/deployment.ts";
import type { Event } from "../../shared/events/event.ts";
import { type Commit, commitsBetween, findPullRequest, relevantCommit } from "../../shared/github/commits.ts";
import { isUnknownCommit } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { distinctByRepository } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { changeRows, type ShippedCommit } from "./change-rows.ts";

/** Sends requests to GitHub. */
type Ask = <T>(request: () => Promise<T>) => Promise<T>;

interface ShipmentOptions {
  /** The report that the deployment finished. */
  event: Pick<Event, "id" | "source" | "receivedAt">;
  deployment: Pick<Deployment, "app" | "environment" | "id" | "number">;
  /** The deployed commit, and the one that was live before. */
  shas: Pick<Deploy, "sha" | "previousSha">;
  services: Service[];
  dataset: string;
  /** Sends them one at a time, for instance; by default they are sent at once. */
  ask?: Ask;
}

/**
 * Builds the rows of `deployment_changes` of a finished deployment: one for each commit that it shipped.
 *
 * @throws GitHub's errors
 */
export async function buildShippedRows(options: ShipmentOptions): Promise<TableRow[]> {
  const { event, deployment, services, dataset, ask = (request) => request() } = options;
  const shipped: ShippedCommit[] = [];
  for (const service of distinctByRepository(services)) {
    const commits = await listShippedCommits(options, service.repository, ask);
    const resolved = commits.map(async (commit) => {
      const relevant = relevantCommit(commit, service);
      return { commit, relevant, pull: await ask(() => findPullRequest(relevant)) };
    });
    shipped.push(...(await Promise.all(resolved)));
  }
  return changeRows(event, deployment, shipped, dataset);
}

/**
 * Lists the commits that a deployment adds to production: none for the first one, which has no commit to compare with, and none if GitHub
 * does not have one of the two commits, as after a force push. No later attempt would find them.
 *
 * @throws GitHub's other errors
 */
async function listShippedCommits(
  { deployment: { app, environment, id }, shas: { sha, previousSha } }: ShipmentOptions,
  repository: string,
  ask: Ask,
): Promise<Commit[]> {
  if (!sha || !previousSha || sha === previousSha) return [];
  try {
    return await ask(() => commitsBetween(repository, previousSha, sha));
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    const fields = { app, environment, id, sha, previousSha };
    log("WARNING", "GitHub cannot compare the commits of a deployment; it has no rows", fields);
    return [];
  }
}
