import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { type IncidentState, mergeIncident, unlink } from "../../../shared/incidents/incident-state.ts";
import { toIncidentRow } from "../../../shared/incidents/write-incident-row.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

const at = (minute: number) => `2025-03-03T10:${String(minute).padStart(2, "0")}:00.000Z`;
const opened = mergeIncident(undefined, {
  at: at(0),
  incident: {
    ...{ id: "1", title: "Down", severity: "P1", status: "opened", openedAt: at(0), resolvedAt: null },
    ...{ link: null, service: "shop", sha: null, release: null, deploymentId: null },
  },
});
const linked: IncidentState = {
  ...opened,
  service: "shop",
  linkReason: "latest",
  deployment: {
    ...{ source: "freight", app: "shop", environment: "production", id: "7", number: 7, attempt: 1 },
    ...{ sha: "6d225cb", link: null, finishedAt: at(0) },
  },
};

function version(state: IncidentState, number: number, changed: string, id = "1"): TableRow[] {
  const message = {
    channel: null,
    ts: null,
    shownVersion: null,
    messageEventId: null,
    messageReceivedAt: null,
  };
  const stored = { source: "report", id, version: number, state, updatedAt: new Date(changed), ...message };
  return [
    {
      dataset: "product_eng",
      table: "incident_states",
      insertId: `${id}:${number}`,
      row: toIncidentRow(stored),
    },
  ];
}

describe("incidents", () => {
  it("has the last version of each, in any order and repeated", async () => {
    const resolved = { ...linked, status: "resolved" as const, resolvedAt: at(30) };
    const last = version(unlink(resolved, "U0MIRA", at(40)), 3, at(40));
    await warehouse.given(
      last,
      version(resolved, 2, at(30)),
      last,
      version(linked, 1, at(0)),
      version(opened, 1, at(5), "2"),
    );
    const rows = await warehouse.rows(
      "SELECT id, status, duration_seconds, deployment_number, link_reason, is_linked FROM product_eng.incidents ORDER BY id",
    );
    expect(rows).toEqual([
      {
        id: "1",
        status: "resolved",
        duration_seconds: 1800,
        deployment_number: 7,
        link_reason: "unlinked",
        is_linked: false,
      },
      {
        id: "2",
        status: "opened",
        duration_seconds: null,
        deployment_number: null,
        link_reason: "none",
        is_linked: false,
      },
    ]);
  });

  it("has the newest version of one that was forgotten and opened again", async () => {
    await warehouse.given(version(linked, 9, at(0)), version({ ...linked, severity: "P2" }, 1, at(50)));
    expect(await warehouse.rows("SELECT severity FROM product_eng.incidents")).toEqual([{ severity: "P2" }]);
  });
});
