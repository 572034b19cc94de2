import { hash } from "node:crypto";
import { BigQuery } from "@google-cloud/bigquery";

/** BigQuery accepts 10 MB per request and recommends 500 rows, https://cloud.google.com/bigquery/quotas#streaming_inserts */
const MAX_BYTES = 9_000_000;
const MAX_ROWS = 500;
/** A second insert of a table is sent only if it is full, or if the first one takes longer than this: until then rows share the next one. */
const SLOW_MS = 1000;
const MAX_CONCURRENT = 2;
/** Under load an insert is sent when no row came for this long, and at the latest when its first row has waited for that long. */
const QUIET_MS = 5;
const LONGEST_WAIT_MS = 50;
/** Retries of a request, and of rejected rows, before Pub/Sub has to redeliver the event. */
const RETRIES = 2;

/** A row for one table, ready for insertAll. */
export interface TableRow {
  dataset: string;
  table: string;
  /** Equal for the same row of the same event, in every instance and attempt, of any length: BigQuery deduplicates by its hash, best-effort. */
  insertId: string;
  row: Record<string, unknown>;
}

/**
 * A row that is written later than this after its receipt gets a row in `late_rows`, which makes a refresh of the facts read its hour again. Less
 * than the time that each refresh reads again anyway (functions/refresh-facts/plan.ts), by more than an insert with its retries takes.
 */
const LATE_MS = 20 * 60_000;
const HOUR_MS = 60 * 60_000;

/** BigQuery rejected a row. The message gives the insertId, the table and the reasons. */
export class RowsRejectedError extends Error {
  override name = "RowsRejectedError";
}

/** A row whose writer waits for it. */
interface PendingRow {
  row: TableRow;
  /** SHA-256 of the row's insertId in hex: BigQuery accepts at most 128 characters. */
  insertId: string;
  bytes: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** The client's error when BigQuery stored some rows of a request and rejected others. */
interface PartialFailure {
  name: "PartialFailureError";
  errors: { row: { insertId?: string }; errors: { message?: string; reason?: string }[] }[];
}

/** Rows of one table. */
interface Lane {
  waiting: PendingRow[];
  /** Unix time in milliseconds of the first row that waits. */
  waitingSince: number;
  timer: NodeJS.Timeout | undefined;
  inFlight: number;
  /** Unix time in milliseconds. */
  sentAt: number;
  /** Rows of the last insert: more than one shows that events arrive at the same time. */
  lastCount: number;
}

/**
 * Writes rows to BigQuery. Concurrent calls in one instance share an insertAll per table.
 * https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll
 */
export class RowWriter {
  readonly #lanes = new Map<string, Lane>();
  readonly #lateRowsDataset: string | undefined;
  #client: BigQuery | undefined;

  /** @param lateRowsDataset dataset of `late_rows`; undefined for rows that no facts follow */
  constructor(lateRowsDataset?: string) {
    this.#lateRowsDataset = lateRowsDataset;
  }

  /**
   * Resolves once every row is stored.
   *
   * @throws {RowsRejectedError} if BigQuery rejected a row; the other rows are stored
   * @throws the client's error if BigQuery cannot be reached: rows may be stored, and a second write of them is safe
   */
  async write(rows: TableRow[]): Promise<void> {
    const late = this.#lateRowsDataset ? buildLateRows(rows, this.#lateRowsDataset, Date.now()) : [];
    const results = await Promise.allSettled([...late, ...rows].map((row) => this.#enqueue(row)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  #enqueue(row: TableRow): Promise<void> {
    const lane = this.#getLane(`${row.dataset}.${row.table}`);
    const { promise, resolve, reject } = withResolvers();
    const insertId = hash("sha256", row.insertId);
    lane.waiting.push({ row, insertId, bytes: measureRow(row.row), resolve, reject });
    if (lane.waiting.length === 1) {
      // Rows that are enqueued in the same turn of the event loop share a request.
      if (lane.inFlight === 0 && lane.lastCount <= 1) setImmediate(() => this.#flush(lane));
      else this.#waitForQuiet(lane);
    } else if (Date.now() - lane.waitingSince < LONGEST_WAIT_MS) lane.timer?.refresh();
    return promise;
  }

  #getLane(table: string): Lane {
    const found = this.#lanes.get(table);
    if (found) return found;
    const lane = { waiting: [], waitingSince: 0, timer: undefined, inFlight: 0, sentAt: 0, lastCount: 0 };
    this.#lanes.set(table, lane);
    return lane;
  }

  #flush(lane: Lane) {
    clearTimeout(lane.timer);
    lane.timer = undefined;
    if (lane.waiting.length === 0 || lane.inFlight >= MAX_CONCURRENT) return;
    const count = countFittingRows(lane.waiting);
    const isFull = count < lane.waiting.length;
    const slowIn = lane.sentAt + SLOW_MS - Date.now();
    if (lane.inFlight > 0 && slowIn > 0 && !isFull) {
      lane.timer = setTimeout(() => this.#flush(lane), slowIn);
      return;
    }
    const batch = lane.waiting.splice(0, count);
    lane.waitingSince = Date.now();
    lane.sentAt = lane.waitingSince;
    lane.lastCount = batch.length;
    lane.inFlight++;
    this.#client ??= new BigQuery();
    void insertBatch(this.#client, batch).finally(() => {
      lane.inFlight--;
      if (lane.waiting.length > 0) this.#waitForQuiet(lane);
    });
    this.#flush(lane);
  }

  /** The events whose rows were stored are about to be followed by others, which would otherwise always miss the next insert. */
  #waitForQuiet(lane: Lane) {
    clearTimeout(lane.timer);
    lane.waitingSince = Date.now();
    lane.timer = setTimeout(() => this.#flush(lane), QUIET_MS);
  }
}

/** JSON writes a UTF-16 unit in at most six bytes: `\u0000`. */
const MAX_BYTES_PER_UNIT = 6;
/** Rows that may have more bytes than this are written as JSON to know their size. */
const SMALL_ROW = 200_000;

/** An upper bound of a row's size as JSON, in bytes; the exact size of a large one. */
function measureRow(row: Record<string, unknown>): number {
  let units = 0;
  for (const key in row) {
    const value = row[key];
    units += key.length + (typeof value === "string" ? value.length : 8);
    if (typeof value === "object" && value !== null) return Buffer.byteLength(JSON.stringify(row));
  }
  const bytes = units * MAX_BYTES_PER_UNIT;
  return bytes <= SMALL_ROW ? bytes : Buffer.byteLength(JSON.stringify(row));
}

/** A row for each table and hour of receipt with late rows. */
function buildLateRows(rows: TableRow[], dataset: string, now: number): TableRow[] {
  const late = rows.flatMap(({ dataset: of, table, insertId, row }) => {
    const received = Date.parse(String(row.received_at ?? row.delivered_at));
    if (!(received < now - LATE_MS)) return [];
    const hour = new Date(received - (received % HOUR_MS)).toISOString();
    return [{ table: `${of}.${table}`, hour, insertId }];
  });
  const byHour = new Map(late.map((entry) => [`${entry.table} ${entry.hour}`, entry]));
  return [...byHour.values()].map(({ table, hour, insertId }) => ({
    dataset,
    table: "late_rows",
    insertId: `${table} ${hour} ${insertId}`,
    row: { table, received_hour: hour, written_at: new Date(now).toISOString() },
  }));
}

/**
 * Sends the rows of one table. Settles each row by itself and never throws: one event's bad row does not fail another event.
 * A request that BigQuery refuses as a whole is sent again in halves, until the row that it refuses is alone.
 */
async function insertBatch(client: BigQuery, batch: PendingRow[]): Promise<void> {
  const [first] = batch;
  if (!first) return;
  const { dataset, table } = first.row;
  // BigQuery keeps one row per insertId. Rows with the same insertId are sent once and settled together.
  const unique = [...new Map(batch.map((pending) => [pending.insertId, pending])).values()];
  const rows = unique.map(({ row, insertId }) => ({ insertId, json: row.row }));
  try {
    // raw: the rows carry their own insertIds. skipInvalidRows: BigQuery stores the valid rows of a request and lists only the rejected ones.
    await client
      .dataset(dataset)
      .table(table)
      .insert(rows, { raw: true, skipInvalidRows: true, partialRetries: RETRIES });
    for (const { resolve } of batch) resolve();
  } catch (error) {
    if (isPartialFailure(error)) settlePartially(batch, error, `${dataset}.${table}`);
    else if (unique.length > 1 && isRefusedRequest(error)) await insertHalves(client, batch, unique);
    else for (const { reject } of batch) reject(error);
  }
}

async function insertHalves(client: BigQuery, batch: PendingRow[], unique: PendingRow[]): Promise<void> {
  const firstIds = new Set(unique.slice(0, Math.ceil(unique.length / 2)).map(({ insertId }) => insertId));
  await insertBatch(
    client,
    batch.filter(({ insertId }) => firstIds.has(insertId)),
  );
  await insertBatch(
    client,
    batch.filter(({ insertId }) => !firstIds.has(insertId)),
  );
}

function settlePartially(batch: PendingRow[], failure: PartialFailure, table: string) {
  const reasons = new Map(
    failure.errors.map(({ row, errors }) => [
      row.insertId,
      errors.map(({ message, reason }) => message || reason).join(", "),
    ]),
  );
  for (const { row, insertId, resolve, reject } of batch) {
    const reason = reasons.get(insertId);
    if (reason === undefined) resolve();
    else reject(new RowsRejectedError(`BigQuery rejected row ${row.insertId} of ${table}: ${reason}`));
  }
}

/** 400 or 413: BigQuery refuses the request because of its content, e.g. `Request payload size exceeds the limit`. */
function isRefusedRequest(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? Number(error.code) : undefined;
  return code === 400 || code === 413;
}

function isPartialFailure(error: unknown): error is PartialFailure {
  return error instanceof Error && error.name === "PartialFailureError";
}

/** How many of the waiting rows fit into one request: at least one, also if it alone exceeds the limit. */
function countFittingRows(waiting: PendingRow[]): number {
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
