import { BigQuery } from "@google-cloud/bigquery";
import { describeColumns, type QueryableTable } from "./describe-columns.ts";
import type { TableDescription } from "./read-descriptions.ts";
import { runQuery } from "./run-query.ts";

/**
 * Reads every table and view of the warehouse with its columns from INFORMATION_SCHEMA.
 *
 * @param descriptions by `dataset.name`
 */
export async function readSchema(descriptions: Map<string, TableDescription>): Promise<QueryableTable[]> {
  // A reader waits: an outage shows at once.
  const [datasets] = await new BigQuery({ autoRetry: false }).getDatasets();
  const all = await Promise.all(datasets.map(({ id }) => readDataset(id ?? "")));
  const described = all.flat().map((table) => addDescriptions(table, descriptions.get(table.name)));
  return described.map((table) => inheritDescriptions(table, described, descriptions.get(table.name)));
}

async function readDataset(dataset: string): Promise<QueryableTable[]> {
  const { rows } = await runQuery(
    `SELECT t.table_name, t.table_type, c.column_name, c.data_type
     FROM \`${dataset}\`.INFORMATION_SCHEMA.TABLES AS t
     JOIN \`${dataset}\`.INFORMATION_SCHEMA.COLUMNS AS c ON c.table_name = t.table_name
     ORDER BY t.table_type, t.table_name, c.ordinal_position`,
  );
  const found = new Map<string, QueryableTable>();
  for (const row of rows) {
    const { table_name, table_type, column_name, data_type } = row as Record<string, string>;
    const name = `${dataset}.${table_name}`;
    const table = found.get(name) ?? { name, kind: table_type === "VIEW" ? "view" : "table", columns: [] };
    table.columns.push({ name: column_name ?? "", type: data_type ?? "" });
    found.set(name, table);
  }
  return [...found.values()];
}

function addDescriptions(table: QueryableTable, described: TableDescription | undefined): QueryableTable {
  if (!described) return table;
  const columns = table.columns.map((column) => {
    const description = described.columns.get(column.name);
    return { ...column, ...(description && { description }) };
  });
  return { ...table, description: described.description, columns };
}

/** A view that docs/metrics.md does not describe, as events_deduplicated, passes on columns of the tables that it reads. */
function inheritDescriptions(
  table: QueryableTable,
  schema: QueryableTable[],
  described: TableDescription | undefined,
): QueryableTable {
  if (!described?.query || described.columns.size > 0) return table;
  const names = table.columns.map(({ name }) => name);
  const inherited = describeColumns(described.query, names, schema);
  const columns = table.columns.map((column) => {
    const description = inherited[column.name];
    return { ...column, ...(description && { description }) };
  });
  return { ...table, columns };
}
