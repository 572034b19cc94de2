import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Config } from "../../shared/config.ts";
import type { Event, Measurement, ReportedAsset } from "../../shared/events/event.ts";
import { stringifyLossless } from "../../shared/events/lossless-json.ts";
import { readDeployment } from "../../shared/events/read-deployment.ts";
import { isProduction } from "../../shared/organization/deployment-targets.ts";
import { dropPayload } from "../../shared/pubsub/message.ts";
import { toCommunityRows, type UserType } from "./community-row.ts";
import { toBootstrapMetric, toCheckRunMetrics, toDeployMetric } from "./development-metrics.ts";
import { shortenSlackEvent } from "./shorten-slack-event.ts";

/** BigQuery rejects rows above 10 MB, https://cloud.google.com/bigquery/quotas#streaming_inserts. The payload counts as JSON text inside of JSON. */
const MAX_ROW_BYTES = 9_000_000;

/**
 * Builds the rows of an event that need nothing but the event: one in `events` for every event, and those in `development_metrics`,
 * `asset_sizes` and `measurements`. Pure: the same event gives the same rows.
 */
export function buildOwnRows(event: Event, config: Config): TableRow[] {
  const { metricsDataset } = config.bigquery;
  const stamp = stampOf(event);
  const metrics = (table: string, rows: Record<string, unknown>[]) =>
    toTableRows(metricsDataset, table, rows, stamp);
  return [
    ...metrics("events", [toEventRow(event)]),
    ...metrics("development_metrics", developmentMetrics(event, config)),
    ...metrics("asset_sizes", toAssetSizeRows(listAssets(event), event.time)),
    ...metrics(
      "measurements",
      event.source === "report" ? toMeasurementRows(event.measurements ?? [], event.time) : [],
    ),
  ];
}

/** Builds the row of an event in `github_events`. @param userType of the event's actor; null where the column does not apply */
export function buildCommunityRows(event: Event, config: Config, userType: UserType | null): TableRow[] {
  const rows = event.source === "github" ? toCommunityRows(event, userType) : [];
  return toTableRows(config.bigquery.openSourceDataset, "github_events", rows, stampOf(event));
}

function stampOf(event: Event) {
  return { event_id: event.id, received_at: event.receivedAt };
}

/** The row in `events`. All other rows can be rebuilt from it: `event` and `payload` together are the event, except for Slack's. */
function toEventRow(event: Event): Record<string, unknown> {
  const stored = event.source === "slack" ? shortenSlackEvent(event) : event;
  const row = toEventColumns(stored);
  return isRowOfAtMost(row, MAX_ROW_BYTES) ? row : toEventColumns(dropPayload(stored));
}

/** JSON writes a UTF-16 unit in at most six bytes, so most rows need not be written to know that they fit. */
function isRowOfAtMost(row: Record<string, unknown>, maxBytes: number): boolean {
  const units = Object.values(row).reduce<number>((sum, value) => sum + 100 + String(value).length, 0);
  return units * 6 <= maxBytes || Buffer.byteLength(JSON.stringify(row)) <= maxBytes;
}

function toEventColumns({ payload, ...event }: Event): Record<string, unknown> {
  return {
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    actor: event.actor?.name ?? null,
    action: event.source === "github" ? event.action : null,
    repository: event.source === "github" ? (event.repository?.fullName ?? null) : null,
    event: JSON.stringify(event),
    payload: payload === null ? null : stringifyLossless(payload),
  };
}

function developmentMetrics(event: Event, config: Config): Record<string, unknown>[] {
  const deployment = readDeployment(event);
  if (deployment) return isProduction(event, config.services) ? [toDeployMetric(event, deployment)] : [];
  switch (event.source) {
    case "github":
      return toCheckRunMetrics(event, config.organization);
    case "bootstrap-dev-env":
      return [toBootstrapMetric(event.event, event)];
    case "report":
      return event.bootstrap ? [toBootstrapMetric(event.bootstrap, event)] : [];
    default:
      return [];
  }
}

function listAssets(event: Event): ReportedAsset[] {
  return event.source === "webpack" || event.source === "report" ? (event.assets ?? []) : [];
}

function toAssetSizeRows(assets: ReportedAsset[], builtAt: string): Record<string, unknown>[] {
  return assets.map((asset) => ({
    pull_request_number: asset.pullRequestNumber,
    commit: asset.commit,
    file: asset.file,
    entrypointName: asset.entrypointName,
    size: asset.size,
    environment: asset.environment,
    node_env: asset.nodeEnv,
    created_at: builtAt,
  }));
}

function toMeasurementRows(measurements: Measurement[], measuredAt: string): Record<string, unknown>[] {
  return measurements.map(({ name, value, unit, dimensions }, position) => ({
    name,
    value,
    unit,
    dimensions: JSON.stringify(dimensions),
    measured_at: measuredAt,
    position,
  }));
}

function toTableRows(
  dataset: string,
  table: string,
  rows: Record<string, unknown>[],
  stamp: { event_id: string; received_at: string },
): TableRow[] {
  return rows.map((row, index) => ({
    dataset,
    table,
    insertId: `${stamp.event_id}:${index}`,
    row: { ...row, ...stamp },
  }));
}
