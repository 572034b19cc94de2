import type { BigQuery } from "@google-cloud/bigquery";
import { z } from "zod";
import { buildShippedRows } from "../../functions/deployment-changes/build-shipped-rows.ts";
import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Config } from "../../shared/config.ts";
import { type Event, InvalidEventError, parseEvent } from "../../shared/events/event.ts";
import { isSameRepository } from "../../shared/organization/services.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { GitHubReader } from "./github-reader.ts";
import { loadRows } from "./load-rows.ts";
import { pairDeployments, type Shipment } from "./pair-deployments.ts";

/** Rows per load, which a crash loses: each took a request to GitHub. */
const BATCH = 1000;

interface ShipmentOptions {
  config: Config;
  bigquery: BigQuery;
  /** owner/name */
  repository: string;
  /** Of the deployments; the ones before them may be older. */
  since: Date;
  checkpoint: Checkpoint;
}

const heldDeployment = z.object({
  app: z.string(),
  environment: z.string(),
  deployment_id: z.string().nullable(),
});
const storedEvent = z.object({ event: z.string() });

/**
 * Lists the repository's deployments that are in the warehouse without the commits that they shipped, oldest first.
 *
 * @throws BigQuery's errors
 */
export async function listShipments(options: ShipmentOptions): Promise<Shipment[]> {
  const { config, bigquery, repository, since, checkpoint } = options;
  const dataset = config.bigquery.metricsDataset;
  // Events of earlier releases have the fields of Freight's deploys only.
  const [events] = await bigquery.query(`SELECT TO_JSON_STRING(event) AS event
    FROM ${dataset}.events
    WHERE COALESCE(JSON_VALUE(event, '$.deployment.status'), IF(source = 'freight', JSON_VALUE(event, '$.status'), NULL)) = 'finished'`);
  const [rows] = await bigquery.query(
    `SELECT DISTINCT app, environment, deployment_id FROM ${dataset}.deployment_changes WHERE source = 'github'`,
  );
  const held = new Set(
    z
      .array(heldDeployment)
      .parse(rows)
      .map(({ app, environment, deployment_id }) => toKey(app, environment, deployment_id)),
  );
  const parsed = z.array(storedEvent).parse(events).flatMap(parseStored);
  return pairDeployments(parsed, config.services).filter(
    (shipment) =>
      shipment.event.source === "github" &&
      isSameRepository(shipment.event.repository?.fullName ?? "", repository) &&
      shipment.finishedAt >= since.getTime() &&
      shipment.previousSha !== null &&
      shipment.previousSha !== shipment.deployment.sha &&
      !held.has(toKey(shipment.deployment.app, shipment.deployment.environment, shipment.deployment.id)) &&
      !checkpoint.has(nameShipment(shipment)),
  );
}

function toKey(...parts: (string | null)[]): string {
  return JSON.stringify(parts);
}

/** @returns [] for an event that this release does not read */
function parseStored({ event }: z.infer<typeof storedEvent>): Event[] {
  try {
    return [parseEvent({ ...(JSON.parse(event) as object), payload: null })];
  } catch (error) {
    if (error instanceof InvalidEventError) return [];
    throw error;
  }
}

/** Of the checkpoint. An earlier deployment that a later backfill finds changes what one shipped. */
function nameShipment({ deployment: { id, environment, sha }, previousSha }: Shipment): string {
  return `shipped ${id} ${environment} ${previousSha}..${sha}`;
}

interface FillOptions extends ShipmentOptions {
  reader: GitHubReader;
  signal?: AbortSignal | undefined;
  /** Called after each deployment. */
  onDone: () => void;
}

/**
 * Writes the commits that deployments shipped, as the function deployment-changes does when one finishes. An error or the signal loads first
 * what was read.
 *
 * @returns number of rows, and false if the signal ended it
 * @throws errors of GitHub, BigQuery and the file system
 */
export async function fillDeploymentChanges(
  shipments: Shipment[],
  { config, bigquery, reader, checkpoint, signal, onDone }: FillOptions,
): Promise<{ rows: number; complete: boolean }> {
  const result = { rows: 0, complete: true };
  let waiting: TableRow[] = [];
  let read: string[] = [];
  const flush = async () => {
    // Of the load: the next refresh of the facts reads what was received lately.
    const received_at = new Date().toISOString();
    await loadRows(
      bigquery,
      waiting.map((row) => ({ ...row, row: { ...row.row, received_at } })),
    );
    checkpoint.add(read);
    result.rows += waiting.length;
    waiting = [];
    read = [];
  };
  try {
    for (const shipment of shipments) {
      signal?.throwIfAborted();
      const { event, deployment, services, previousSha } = shipment;
      const rows = await buildShippedRows({
        ...{ event, deployment, services, dataset: config.bigquery.metricsDataset },
        shas: { sha: deployment.sha, previousSha },
        ask: (request) => reader.call(request),
      });
      waiting.push(...rows);
      read.push(nameShipment(shipment));
      if (waiting.length >= BATCH) await flush();
      onDone();
    }
  } catch (error) {
    await flush();
    if (!signal?.aborted) throw error;
    return { ...result, complete: false };
  }
  await flush();
  return result;
}
