import { BigQuery } from "@google-cloud/bigquery";
import { InsertBatch, type Pending } from "./insert-batch.ts";
import type { TableRow } from "./table-row.ts";

/** BigQuery takes 10 MB a request and advises 500 rows, https://cloud.google.com/bigquery/quotas#streaming_inserts */
const MAX_BYTES = 9_000_000;
const MAX_ROWS = 500;
/** Inserts of one table that are under way at once; rows that come meanwhile wait together for the next. */
const MAX_CONCURRENT = 2;

/**
 * Writes rows to BigQuery. Calls that overlap in one instance share an insertAll per table.
 * https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll
 */
export class RowWriter {
  readonly #waiting = new Map<string, Pending[]>();
  readonly #running = new Map<string, number>();
  #client: BigQuery | undefined;

  /**
   * Returns when every row is stored.
   *
   * @throws {RowsRejectedError} naming the rows that BigQuery refused; the others are stored
   * @throws what the client throws when BigQuery cannot be reached: rows may be stored, and writing them again is safe
   */
  async write(rows: TableRow[]): Promise<void> {
    const results = await Promise.allSettled(rows.map((row) => this.#enqueue(row)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  #enqueue(row: TableRow): Promise<void> {
    const { promise, resolve, reject } = withResolvers();
    const table = `${row.dataset}.${row.table}`;
    const bytes = Buffer.byteLength(JSON.stringify(row.row));
    this.#waiting.set(table, [...(this.#waiting.get(table) ?? []), { row, bytes, resolve, reject }]);
    // Rows of events that are handled in the same turn go together.
    setImmediate(() => this.#flush(table));
    return promise;
  }

  #flush(table: string) {
    const waiting = this.#waiting.get(table) ?? [];
    const running = this.#running.get(table) ?? 0;
    if (waiting.length === 0 || running >= MAX_CONCURRENT) return;
    const size = batchSize(waiting);
    this.#waiting.set(table, waiting.slice(size));
    this.#running.set(table, running + 1);
    this.#client ??= new BigQuery();
    void new InsertBatch(this.#client, waiting.slice(0, size)).run().finally(() => {
      this.#running.set(table, (this.#running.get(table) ?? 1) - 1);
      this.#flush(table);
    });
    this.#flush(table);
  }
}

/** How many of the waiting rows fit into one request: at least one, whatever its size. */
function batchSize(waiting: Pending[]): number {
  let bytes = 0;
  let count = 0;
  for (const pending of waiting.slice(0, MAX_ROWS)) {
    bytes += pending.bytes;
    if (count > 0 && bytes > MAX_BYTES) break;
    count++;
  }
  return count;
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers() {
  let resolve: () => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
