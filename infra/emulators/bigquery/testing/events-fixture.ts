import type { BigQuery, Table } from "@google-cloud/bigquery";

/** Columns of every kind: required, optional, repeated, nested. */
export const SCHEMA = [
  { name: "id", type: "INTEGER", mode: "REQUIRED", description: "the number" },
  { name: "entrypointName", type: "STRING" },
  { name: "at", type: "TIMESTAMP" },
  { name: "payload", type: "JSON" },
  { name: "labels", type: "STRING", mode: "REPEATED" },
  { name: "actor", type: "RECORD", fields: [{ name: "login", type: "STRING" }] },
];

/** Creates the table `eng.events` with the columns of SCHEMA. */
export async function createEvents(bigquery: BigQuery): Promise<Table> {
  await bigquery.createDataset("eng");
  const [table] = await bigquery.dataset("eng").createTable("events", { schema: SCHEMA });
  return table;
}
