import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IncidentState, unlink } from "../../../shared/incidents/incident-state.ts";
import { incidentRows, linkedIncident } from "../testing/example-incidents.ts";
import { deployRows, endedDeploy } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

const at = (minute: number) => `2025-03-03T10:${String(minute).padStart(2, "0")}:00.000Z`;
const linked = linkedIncident(at(0), { app: "shop", number: 7, sha: "6d225cb" });
const opened: IncidentState = { ...linked, service: null, linkReason: "none", deployment: null };

describe("incidents", () => {
  it("has the last version of each, in any order and repeated", async () => {
    const resolved = { ...linked, status: "resolved" as const, resolvedAt: at(30) };
    const last = incidentRows(unlink(resolved, "U0MIRA", at(40)), 3, at(40));
    await warehouse.given(
      last,
      incidentRows(resolved, 2, at(30)),
      last,
      incidentRows(linked, 1, at(0)),
      incidentRows(opened, 1, at(5), "2"),
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

  it.each<[string, string, IncidentState, number | null]>([
    ["counts from the end of its deployment", "2025-03-03T09:48:00Z", linked, 720],
    ["is unknown if it opened before", "2025-03-03T10:10:00Z", linked, null],
    ["is unknown without a link", "2025-03-03T09:48:00Z", unlink(linked, "U0MIRA", at(40)), null],
  ])("the time to detect an incident %s", async (_, end, state, seconds) => {
    const deploy = { ...endedDeploy(7, "6d225cb", end), app: "shop" };
    // A later attempt and another app's deploy of that number are not the linked ones.
    await warehouse.given(
      deployRows(deploy),
      deployRows({ ...deploy, started: "2025-03-03T11:00:00Z", ended: "2025-03-03T11:05:00Z" }),
      deployRows({ ...deploy, app: "docs" }),
      incidentRows(state, 1, at(0)),
    );
    expect(await warehouse.rows("SELECT detection_seconds FROM product_eng.incidents")).toEqual([
      { detection_seconds: seconds },
    ]);
  });

  it("has the newest version of one that was forgotten and opened again", async () => {
    await warehouse.given(
      incidentRows(linked, 9, at(0)),
      incidentRows({ ...linked, severity: "P2" }, 1, at(50)),
    );
    expect(await warehouse.rows("SELECT severity FROM product_eng.incidents")).toEqual([{ severity: "P2" }]);
  });
});
