import type { BigQuery } from "@google-cloud/bigquery";
import type { TableRow } from "./table-row.ts";

/** A row whose writer waits for it. */
export interface Pending {
  row: TableRow;
  bytes: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Thrown for a row that BigQuery refused, with its insertId and the reasons. */
export class RowsRejectedError extends Error {
  override name = "RowsRejectedError";
}

/** What the client throws when some rows were stored and some were not. */
interface PartialFailure {
  name: "PartialFailureError";
  errors: { row: { insertId?: string }; errors: { message?: string; reason?: string }[] }[];
}

/** Tries of a request, and of the rows that were refused, before the event is left to be delivered again. */
const RETRIES = 2;

/** One insertAll: settles each of its rows by itself, so that one event's bad row does not fail another event. */
export class InsertBatch {
  readonly #client: BigQuery;
  readonly #rows: Pending[];

  constructor(client: BigQuery, rows: Pending[]) {
    this.#client = client;
    this.#rows = rows;
  }

  /** Never throws: what goes wrong is given to the rows' writers. */
  async run(): Promise<void> {
    const [first] = this.#rows;
    if (!first) return;
    const { dataset, table } = first.row;
    const rows = this.#rows.map(({ row }) => ({ insertId: row.insertId, json: row.row }));
    try {
      // raw: the rows carry their own insertIds. skipInvalidRows: the good rows of a request are stored and named by their absence.
      await this.#client
        .dataset(dataset)
        .table(table)
        .insert(rows, { raw: true, skipInvalidRows: true, partialRetries: RETRIES });
      for (const { resolve } of this.#rows) resolve();
    } catch (error) {
      if (isPartialFailure(error)) this.#settle(error, `${dataset}.${table}`);
      else for (const { reject } of this.#rows) reject(error);
    }
  }

  #settle(failure: PartialFailure, table: string) {
    const reasons = new Map(
      failure.errors.map(({ row, errors }) => [
        row.insertId,
        errors.map(({ message, reason }) => message || reason).join(", "),
      ]),
    );
    for (const { row, resolve, reject } of this.#rows) {
      const reason = reasons.get(row.insertId);
      if (reason === undefined) resolve();
      else reject(new RowsRejectedError(`BigQuery refused row ${row.insertId} of ${table}: ${reason}`));
    }
  }
}

function isPartialFailure(error: unknown): error is PartialFailure {
  return error instanceof Error && error.name === "PartialFailureError";
}
