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
const tableResource = z.looseObject({
  schema: z.looseObject({ fields: z.array(z.looseObject({ name: z.string(), type: z.string() })) }),
});
type JobResource = z.infer<typeof jobResource>;

/** BigQuery did not load the rows. None of them is stored. */
export class LoadFailedError extends Error {
  override name = "LoadFailedError";
}

/**
 * Appends rows to one table with a load job, whose file is uploaded with it.
 * https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart
 *
 * @throws {LoadFailedError}
 * @throws BigQuery's errors; whether the rows are stored is not known then
 */
export async function loadRows(bigquery: BigQuery, rows: TableRow[]) {
  const [first] = rows;
  if (!first) return;
  const projectId = await bigquery.getProjectId();
  const [metadata] = await bigquery.dataset(first.dataset).table(first.table).getMetadata();
  const jsonColumns = tableResource
    .parse(metadata)
    .schema.fields.filter(({ type }) => type === "JSON")
    .map(({ name }) => name);
  const job = {
    jobReference: { jobId: crypto.randomUUID(), projectId },
    configuration: {
      load: {
        destinationTable: { projectId, datasetId: first.dataset, tableId: first.table },
        sourceFormat: "NEWLINE_DELIMITED_JSON",
        writeDisposition: "WRITE_APPEND",
      },
    },
  };
  let { jobReference, status } = await startJob(
    bigquery,
    job,
    rows.map(({ row }) => toLine(row, jsonColumns)),
  );
  while (status.state !== "DONE") {
    await sleep(POLL_MS);
    ({ jobReference, status } = await readJob(bigquery, jobReference));
  }
  if (status.errorResult)
    throw new LoadFailedError(`${first.dataset}.${first.table}: ${status.errorResult.message}`);
}

async function startJob(
  bigquery: BigQuery,
  job: { jobReference: { jobId: string; projectId: string } },
  lines: string[],
): Promise<JobResource> {
  const boundary = crypto.randomUUID();
  const part = (type: string, text: string) => `--${boundary}\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`;
  const metadata = part("application/json", JSON.stringify(job));
  const file = part("application/octet-stream", lines.join("\n"));
  try {
    return jobResource.parse(
      await request(bigquery, {
        method: "POST",
        uri: `${bigquery.apiEndpoint}/upload/bigquery/v2/projects/${job.jobReference.projectId}/jobs`,
        qs: { uploadType: "multipart" },
        headers: { "Content-Type": `multipart/related; boundary=${boundary}` },
        // As bytes: the client sends them again after a lost response. Its own uploads are streams, which are sent once.
        body: Buffer.from(`${metadata}${file}--${boundary}--`),
      }),
    );
  } catch (error) {
    // The client sent it twice, and the first request has arrived.
    if ((error as { code?: number }).code === 409) return await readJob(bigquery, job.jobReference);
    throw error;
  }
}

async function readJob(
  bigquery: BigQuery,
  { jobId, location }: { jobId: string; location?: string | undefined },
): Promise<JobResource> {
  const [metadata] = await bigquery.job(jobId, location === undefined ? {} : { location }).getMetadata();
  return jobResource.parse(metadata);
}

function request(bigquery: BigQuery, options: Parameters<BigQuery["request"]>[0]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    bigquery.request(options, (error, body) => (error ? reject(error) : resolve(body)));
  });
}

/** Rows for insertAll have JSON as text. A load has it as JSON, in the digits of the text. */
function toLine(row: Record<string, unknown>, jsonColumns: string[]): string {
  const fields = Object.entries(row).map(([name, value]) => {
    const isJson = jsonColumns.includes(name) && typeof value === "string";
    return `${JSON.stringify(name)}:${isJson ? value : JSON.stringify(value)}`;
  });
  return `{${fields.join(",")}}`;
}
