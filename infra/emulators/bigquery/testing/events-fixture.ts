import { BigQuery, type Table } from "@google-cloud/bigquery";
import { vi } from "vitest";

/** The real client, as production code makes it, pointed at a local warehouse until the environment is unstubbed. */
export function emulatorClient(url: string): BigQuery {
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", `${url}/bigquery/v2`);
  vi.stubEnv("METADATA_SERVER_DETECTION", "none");
  return new BigQuery({ projectId: "local" });
}

/** Columns of every shape. */
export const SCHEMA = [
  { name: "id", type: "INTEGER", mode: "REQUIRED", description: "the number" },
  { name: "entrypointName", type: "STRING" },
  { name: "at", type: "TIMESTAMP" },
  { name: "payload", type: "JSON" },
  { name: "labels", type: "STRING", mode: "REPEATED" },
  { name: "actor", type: "RECORD", fields: [{ name: "login", type: "STRING" }] },
];

/** Makes the table `eng.events` with the columns of SCHEMA. */
export async function createEvents(bigquery: BigQuery): Promise<Table> {
  await bigquery.createDataset("eng");
  const [table] = await bigquery.dataset("eng").createTable("events", { schema: SCHEMA });
  return table;
}
