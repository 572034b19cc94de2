import type { TableRow } from "../../shared/bigquery/table-row.ts";
import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import { toAssetSizeRows } from "./asset-size-rows.ts";
import { toBootstrapMetric } from "./bootstrap-metric.ts";
import { toCheckRunMetrics } from "./build-metric.ts";
import { toCommunityRows } from "./community-row.ts";
import { toDeployMetrics } from "./deploy-metric.ts";
import { toEventRow } from "./event-row.ts";
import type { UserType } from "./user-type.ts";

export interface RowContext {
  config: Config;
  /** Of the event's actor; null where it does not apply. */
  userType: UserType | null;
}

/** All rows that an event comes to: one in `events` for every event, and those that Looker reads. Pure: the same event gives the same rows. */
export function buildRows(event: Event, { config, userType }: RowContext): TableRow[] {
  const { metricsDataset, openSourceDataset } = config.bigquery;
  const stamp = { event_id: event.id, received_at: event.receivedAt };
  const metrics = (table: string, rows: Record<string, unknown>[]) =>
    rowsOf(metricsDataset, table, rows, stamp);
  return [
    ...metrics("events", [toEventRow(event)]),
    ...metrics("development_metrics", developmentMetrics(event, config)),
    ...metrics("asset_sizes", event.source === "webpack" ? toAssetSizeRows(event) : []),
    ...rowsOf(
      openSourceDataset,
      "github_events",
      event.source === "github" ? toCommunityRows(event, userType) : [],
      stamp,
    ),
  ];
}

function developmentMetrics(event: Event, config: Config): Record<string, unknown>[] {
  switch (event.source) {
    case "github":
      return toCheckRunMetrics(event, config.organization);
    case "freight":
      return toDeployMetrics(event, config.deploy.environment);
    case "bootstrap-dev-env":
      return [toBootstrapMetric(event)];
    default:
      return [];
  }
}

function rowsOf(
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
