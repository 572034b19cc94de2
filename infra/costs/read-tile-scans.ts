import type { FrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { buildQuery, type LookerElement } from "../console/dashboards/build-query.ts";
import type { LookerProject } from "../looker/read-project.ts";
import { partitions } from "./partitions.ts";
import type { TableScans } from "./query-bytes.ts";

const period = { from: "2025-03-06", to: "2025-04-02" };

/**
 * Reads which columns of which facts and summaries the query of a dashboard's tile reads.
 * @param warehouse with a row in each of them: an empty table is not in a plan
 */
export async function readTileScans(
  warehouse: FrozenWarehouse,
  project: LookerProject,
  tile: LookerElement,
): Promise<TableScans> {
  const { sql, params } = buildQuery(project, tile, { periodName: "Period", period, fields: {} });
  // Only these views are written so that a condition can reach their tables, and are planned fast.
  const expand = project.model.explore[tile.explore]?.sql_always_where !== undefined;
  return readScans(warehouse, sql, { params, expand });
}

/** Reads it from the plan of the local warehouse. A table is pruned if a condition on its partitioning column reaches it. */
export async function readScans(
  warehouse: FrozenWarehouse,
  sql: string,
  { params, expand = true }: { params?: Record<string, unknown>; expand?: boolean } = {},
): Promise<TableScans> {
  const found: TableScans = new Map();
  for (const { table, columns, compared } of await warehouse.scans(sql, params, { expand })) {
    if (!partitions.has(table)) continue;
    const isPruned = compared.includes(partitions.get(table) ?? "");
    const earlier = found.get(table);
    found.set(table, {
      columns: new Set([...(earlier?.columns ?? []), ...columns]),
      isPruned: isPruned && (earlier?.isPruned ?? true),
    });
  }
  return found;
}
