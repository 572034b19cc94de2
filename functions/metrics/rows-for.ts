import type { TableRow } from "../../shared/bigquery/table-row.ts";
import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import { assetSizeRows } from "./asset-size-rows.ts";
import { bootstrapMetric } from "./bootstrap-metric.ts";
import { buildMetric } from "./build-metric.ts";
import { communityRow } from "./community-row.ts";
import { deployMetric } from "./deploy-metric.ts";
import { eventRow } from "./event-row.ts";
import type { UserType } from "./user-type.ts";

export interface Knowledge {
  config: Config;
  /** Of the event's actor; null where it does not apply. */
  userType: UserType | null;
}

/** All rows that an event comes to: one in `events` for every event, and those that Looker reads. Pure: the same event gives the same rows. */
export function rowsFor(event: Event, { config, userType }: Knowledge): TableRow[] {
  const { metricsDataset, openSourceDataset } = config.bigquery;
  const stamp = { event_id: event.id, received_at: event.receivedAt };
  const metrics = (table: string, rows: Record<string, unknown>[]) =>
    rowsOf(metricsDataset, table, rows, stamp);
  return [
    ...metrics("events", [eventRow(event)]),
    ...metrics("development_metrics", developmentMetrics(event, config)),
    ...metrics("asset_sizes", event.source === "webpack" ? assetSizeRows(event) : []),
    ...rowsOf(
      openSourceDataset,
      "github_events",
      event.source === "github" ? communityRow(event, userType) : [],
      stamp,
    ),
  ];
}

function developmentMetrics(event: Event, config: Config): Record<string, unknown>[] {
  switch (event.source) {
    case "github":
      return buildMetric(event, config.organization);
    case "freight":
      return deployMetric(event, config.deploy.environment);
    case "bootstrap-dev-env":
      return [bootstrapMetric(event)];
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
