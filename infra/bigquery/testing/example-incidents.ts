import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { type IncidentState, mergeIncident } from "../../../shared/incidents/incident-state.ts";
import { toIncidentRow } from "../../../shared/incidents/write-incident-row.ts";

/** An open incident, linked to the last deploy of Freight to production. @param openedAt RFC 3339 */
export function linkedIncident(
  openedAt: string,
  { app, number, sha = null }: { app: string; number: number; sha?: string | null },
): IncidentState {
  const opened = mergeIncident(undefined, {
    at: openedAt,
    receivedAt: openedAt,
    eventId: "e1",
    incident: {
      ...{ id: "1", title: "Down", severity: "P1", status: "opened", openedAt, resolvedAt: null },
      ...{ link: null, service: app, sha: null, release: null, deploymentId: null },
    },
  });
  const target = { source: "freight", app, environment: "production", id: String(number), number };
  return {
    ...opened,
    service: app,
    linkReason: "latest",
    deployment: { ...target, attempt: 1, sha, link: null, finishedAt: openedAt },
  };
}

/** The row of a version of an incident that somebody reported. @param changed time of the change, RFC 3339 */
export function incidentRows(state: IncidentState, version: number, changed: string, id = "1"): TableRow[] {
  const message = {
    channel: null,
    ts: null,
    shownVersion: null,
    messageEventId: null,
    messageReceivedAt: null,
  };
  const stored = { source: "report", id, version, state, updatedAt: new Date(changed), ...message };
  return [
    {
      dataset: "product_eng",
      table: "incident_states",
      insertId: `${id}:${version}`,
      row: toIncidentRow(stored),
    },
  ];
}
