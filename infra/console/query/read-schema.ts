import { BigQuery } from "@google-cloud/bigquery";
import { runQuery } from "./run-query.ts";

/** A table or view of the warehouse. */
export interface QueryableTable {
  /** `dataset.name` */
  name: string;
  kind: "table" | "view";
  columns: { name: string; type: string }[];
}

/** Reads every table and view of the warehouse with its columns from INFORMATION_SCHEMA. */
export async function readSchema(): Promise<QueryableTable[]> {
  // A reader waits: an outage shows at once.
  const [datasets] = await new BigQuery({ autoRetry: false }).getDatasets();
  const all = await Promise.all(datasets.map(({ id }) => readDataset(id ?? "")));
  return all.flat();
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
