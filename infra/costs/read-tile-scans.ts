import { facts } from "../../functions/refresh-facts/facts/facts.ts";
import type { FrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { buildQuery, type LookerElement } from "../console/dashboards/build-query.ts";
import type { LookerProject } from "../looker/read-project.ts";
import type { FactScans } from "./query-bytes.ts";

const period = { from: "2025-03-06", to: "2025-04-02" };

/**
 * Reads which columns of which facts the query of a dashboard's tile reads, from the plan of the local warehouse. A fact is pruned if a
 * condition of the tile on its partitioning column reaches it.
 *
 * @param warehouse with a row in each fact: an empty table is not in a plan
 */
export async function readTileScans(
  warehouse: FrozenWarehouse,
  project: LookerProject,
  tile: LookerElement,
): Promise<FactScans> {
  const { sql, params } = buildQuery(project, tile, { periodName: "Period", period, fields: {} });
  // Only these views are written so that a condition can reach their facts, and are planned fast.
  const expand = project.model.explore[tile.explore]?.sql_always_where !== undefined;
  const found: FactScans = new Map();
  for (const { table, columns, filtered } of await warehouse.scans(sql, params, { expand })) {
    const fact = facts.find((each) => each.table === table);
    if (!fact) continue;
    const isPruned = expand && fact.partition !== undefined && filtered.includes(fact.partition.column);
    const earlier = found.get(table);
    found.set(table, {
      columns: new Set([...(earlier?.columns ?? []), ...columns]),
      isPruned: isPruned && (earlier?.isPruned ?? true),
    });
  }
  return found;
}
