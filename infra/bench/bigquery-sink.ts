import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listen } from "../emulators/lib/listen.ts";

/** A BigQuery that accepts every row and keeps none, so that a bench measures the writer. */
export interface BigQuerySink {
  /** For BIGQUERY_EMULATOR_HOST. */
  url: string;
  /** insertAll requests and their rows so far. */
  counts: { requests: number; rows: number };
  stop(): void;
}

/** Begins a row of insertAll. A payload has it with escaped quotes. https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll */
const ROW = Buffer.from('"insertId":"');

/** @param delayMs time that BigQuery takes for a request */
export async function startBigQuerySink(delayMs = 0): Promise<BigQuerySink> {
  const counts = { requests: 0, rows: 0 };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    counts.requests++;
    for (let at = body.indexOf(ROW); at >= 0; at = body.indexOf(ROW, at + ROW.length)) counts.rows++;
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"kind":"bigquery#tableDataInsertAllResponse"}');
    }, delayMs);
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bigquery/v2`,
    counts,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
