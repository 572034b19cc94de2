import { z } from "zod";
import type { Catalog } from "./catalog.ts";
import { quoteName } from "./column-type.ts";
import { toStoredName } from "./define-table.ts";
import type { WarehouseDatabase } from "./warehouse-database.ts";

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TimePartitioning */
const expiring = z.looseObject({
  type: z.enum(["HOUR", "DAY", "MONTH", "YEAR"]),
  field: z.string(),
  expirationMs: z.coerce.number().positive(),
});

/**
 * Deletes the rows of partitions whose expiration has passed. A partition expires this long after it begins, in UTC:
 * https://cloud.google.com/bigquery/docs/managing-partitioned-tables#partition-expiration
 */
export async function expirePartitions(database: WarehouseDatabase, catalog: Catalog, now: Date) {
  for (const { datasetReference } of catalog.datasets()) {
    const dataset = datasetReference.datasetId;
    for (const { tableReference, timePartitioning } of catalog.tables(dataset)) {
      const parsed = expiring.safeParse(timePartitioning);
      if (!parsed.success) continue;
      const { type, field, expirationMs } = parsed.data;
      const newest = new Date(now.getTime() - expirationMs).toISOString();
      const begins = `date_trunc('${type.toLowerCase()}', ${quoteName(field)})`;
      const table = toStoredName({ dataset, table: String(tableReference.tableId) });
      await database.write((run) => run(`DELETE FROM ${table} WHERE ${begins} <= TIMESTAMPTZ '${newest}'`));
    }
  }
}
