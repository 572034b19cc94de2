import { setTimeout as sleep } from "node:timers/promises";
import type { BigQuery } from "@google-cloud/bigquery";
import { z } from "zod";
import type { TableRow } from "../../shared/bigquery/row-writer.ts";

const POLL_MS = 1000;

const jobResource = z.looseObject({
  jobReference: z.looseObject({ jobId: z.string(), location: z.string().optional() }),
  status: z.looseObject({
    state: z.string(),
    errorResult: z.looseObject({ message: z.string() }).optional(),
  }),
});

/** BigQuery did not load the rows. None of them is stored. */
export class LoadFailedError extends Error {
  override name = "LoadFailedError";
}

/**
 * Appends rows to one table with a load job, whose file is uploaded with it.
 * https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart
 *
 * The client's own upload fails without credentials, hence with the emulator: it sets a header of an object that is missing then.
 *
 * @throws {LoadFailedError}
 * @throws BigQuery's errors; whether the rows are stored is not known then
 */
export async function loadRows(bigquery: BigQuery, rows: TableRow[]) {
  const [first] = rows;
  if (!first) return;
  const job = {
    configuration: {
      load: {
        destinationTable: {
          projectId: await bigquery.getProjectId(),
          datasetId: first.dataset,
          tableId: first.table,
        },
        sourceFormat: "NEWLINE_DELIMITED_JSON",
        writeDisposition: "WRITE_APPEND",
      },
    },
    jobReference: { jobId: crypto.randomUUID(), projectId: await bigquery.getProjectId() },
  };
  const uploaded = await request(bigquery, {
    method: "POST",
    uri: `${bigquery.apiEndpoint}/upload/bigquery/v2/projects/{{projectId}}/jobs`,
    qs: { uploadType: "multipart" },
    multipart: [
      toPart("application/json", JSON.stringify(job)),
      toPart("application/octet-stream", rows.map(({ row }) => toLine(row)).join("\n")),
    ],
  });
  const { jobReference, ...started } = jobResource.parse(uploaded);
  let { status } = started;
  while (status.state !== "DONE") {
    await sleep(POLL_MS);
    const { jobId, location } = jobReference;
    const [metadata] = await bigquery.job(jobId, location === undefined ? {} : { location }).getMetadata();
    status = jobResource.parse(metadata).status;
  }
  if (status.errorResult)
    throw new LoadFailedError(`${first.dataset}.${first.table}: ${status.errorResult.message}`);
}

/** The client's type has no header of a part. */
function toPart(type: string, body: string): { body: string } {
  const part = { "Content-Type": type, body };
  return part;
}

function request(bigquery: BigQuery, options: Parameters<BigQuery["request"]>[0]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    bigquery.request(options, (error, body) => (error ? reject(error) : resolve(body)));
  });
}

/** Rows for insertAll have JSON as text. A load has it as JSON, in the digits of the text. */
function toLine(row: Record<string, unknown>): string {
  const fields = Object.entries(row).map(([name, value]) => {
    const isJson = ["event", "payload"].includes(name) && typeof value === "string";
    return `${JSON.stringify(name)}:${isJson ? value : JSON.stringify(value)}`;
  });
  return `{${fields.join(",")}}`;
}
