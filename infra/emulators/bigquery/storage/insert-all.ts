import { z } from "zod";
import { ApiError } from "../api/api-error.ts";
import { parseBody } from "../api/request.ts";
import type { TableName } from "../googlesql/rewrite-table-name.ts";
import type { Catalog } from "./catalog.ts";
import { quoteName, quoteText, type TableField, toDuckDbType } from "./column-type.ts";
import { toStoredName } from "./define-table.ts";
import { checkPartition, checkRequestSize, checkRowSize } from "./insert-limits.ts";
import { nameOf } from "./materialize-views.ts";
import { InvalidValueError, toStoredRecord } from "./stored-value.ts";
import type { WarehouseDatabase } from "./warehouse-database.ts";

const requestBody = z.looseObject({
  rows: z.array(z.looseObject({ insertId: z.string().optional(), json: z.record(z.string(), z.unknown()) })),
  skipInvalidRows: z.boolean().optional(),
  ignoreUnknownValues: z.boolean().optional(),
});

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TimePartitioning */
const timePartitioning = z.looseObject({ field: z.string() });

type InsertRequest = z.infer<typeof requestBody>;
type Row = InsertRequest["rows"][number];

interface RowErrors {
  index: number;
  errors: { reason: string; location: string; debugInfo: string; message: string }[];
}

/**
 * Streaming inserts: validates rows, deduplicates them by insertId and appends them.
 * @see https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll
 */
export class InsertAll {
  /** Time at which each insertId was accepted, in milliseconds since 1970, by table; oldest first. */
  readonly #accepted = new Map<string, Map<string, number>>();

  constructor(
    private readonly database: WarehouseDatabase,
    private readonly catalog: Catalog,
    /** Milliseconds for which an insertId is remembered; 0 never deduplicates. BigQuery remembers one for about a minute. */
    private readonly deduplicationWindowMs: number,
  ) {}

  /**
   * Resolves when the rows are on disk.
   * @param bytes size of the request's body
   * @throws {ApiError} 400 for a malformed, empty or too large request; 404 for a missing table
   */
  async insert(
    name: TableName,
    body: unknown,
    bytes: number,
  ): Promise<{ kind: string; insertErrors?: RowErrors[] }> {
    const kind = "bigquery#tableDataInsertAllResponse";
    const request = parseBody(requestBody, body);
    if (request.rows.length === 0) throw new ApiError(400, "invalid", "No rows present in the request.");
    checkRequestSize(bytes, request.rows.length);
    const fields = this.catalog.table(name).schema?.fields ?? [];
    const partition = this.#partitionColumn(name, fields);
    const { valid, insertErrors } = validateRows(request, fields, (values) => {
      if (partition) checkPartition(partition, values[partition.name], this.#tableId(name));
    });
    if (valid.length > 0) await this.#append(name, fields, valid);
    return insertErrors.length > 0 ? { kind, insertErrors } : { kind };
  }

  /**
   * Appends the rows of a load job, which have no insertIds.
   * @throws {ApiError} 400 for the first invalid row; then none is stored
   */
  async append(name: TableName, rows: Record<string, unknown>[]): Promise<void> {
    const fields = this.catalog.table(name).schema?.fields ?? [];
    const stored = rows.map((json, index) => {
      const row = validateRow({ json }, fields, false, () => {});
      if (!(row instanceof InvalidValueError)) return row;
      const message = `Error while reading data, error message: row ${index + 1}: ${row.location}: ${row.message}`;
      throw new ApiError(400, "invalid", message);
    });
    if (stored.length > 0) await this.#append(name, fields, stored);
  }

  #partitionColumn(name: TableName, fields: TableField[]): TableField | undefined {
    const partitioning = timePartitioning.safeParse(this.catalog.table(name).timePartitioning);
    return fields.find((field) => field.name === partitioning.data?.field);
  }

  #tableId({ dataset, table }: TableName): string {
    return `${this.catalog.projectId}:${dataset}.${table}`;
  }

  #append(name: TableName, fields: TableField[], rows: StoredRow[]): Promise<void> {
    return this.database.write(async (run) => {
      this.catalog.table(name);
      const newRows = this.#withoutDuplicates(name, rows);
      if (newRows.length === 0) return;
      await run(buildInsertStatement(name, fields), [JSON.stringify(newRows.map(({ values }) => values))]);
      this.#remember(name, newRows);
    }, nameOf(name));
  }

  #withoutDuplicates(name: TableName, rows: StoredRow[]): StoredRow[] {
    if (this.deduplicationWindowMs <= 0) return rows;
    const accepted = this.#acceptedIds(name);
    const oldest = Date.now() - this.deduplicationWindowMs;
    for (const [insertId, time] of accepted) {
      if (time > oldest) break;
      accepted.delete(insertId);
    }
    const seen = new Set<string>();
    return rows.filter(({ insertId }) => {
      if (!insertId) return true;
      if (seen.has(insertId) || accepted.has(insertId)) return false;
      seen.add(insertId);
      return true;
    });
  }

  #remember(name: TableName, rows: StoredRow[]): void {
    if (this.deduplicationWindowMs <= 0) return;
    const accepted = this.#acceptedIds(name);
    for (const { insertId } of rows) if (insertId) accepted.set(insertId, Date.now());
  }

  #acceptedIds(name: TableName): Map<string, number> {
    const key = toStoredName(name);
    const accepted = this.#accepted.get(key) ?? new Map<string, number>();
    this.#accepted.set(key, accepted);
    return accepted;
  }
}

interface StoredRow {
  insertId: string | undefined;
  values: Record<string, unknown>;
}

/** One invalid row stops all other rows, unless the request skips invalid rows. */
function validateRows(
  request: InsertRequest,
  fields: TableField[],
  check: (values: Record<string, unknown>) => void,
): { valid: StoredRow[]; insertErrors: RowErrors[] } {
  const valid: StoredRow[] = [];
  const insertErrors: RowErrors[] = [];
  const outcomes = request.rows.map((row) =>
    validateRow(row, fields, request.ignoreUnknownValues ?? false, check),
  );
  const anyInvalid = outcomes.some((outcome) => outcome instanceof InvalidValueError);
  outcomes.forEach((outcome, index) => {
    if (outcome instanceof InvalidValueError) {
      insertErrors.push(toRowErrors(index, "invalid", outcome.location, outcome.message));
    } else if (anyInvalid && !request.skipInvalidRows) {
      insertErrors.push(toRowErrors(index, "stopped", "", ""));
    } else {
      valid.push(outcome);
    }
  });
  return { valid, insertErrors };
}

function validateRow(
  { insertId, json }: Row,
  fields: TableField[],
  ignoreUnknown: boolean,
  check: (values: Record<string, unknown>) => void,
): StoredRow | InvalidValueError {
  try {
    checkRowSize(json, insertId);
    const values = toStoredRecord(json, fields, ignoreUnknown);
    check(values);
    return { insertId, values };
  } catch (error) {
    if (error instanceof InvalidValueError) return error;
    throw error;
  }
}

function toRowErrors(index: number, reason: string, location: string, message: string): RowErrors {
  return { index, errors: [{ reason, location, debugInfo: "", message }] };
}

/** Passes all rows as one JSON array. DuckDB casts the values to the types of the columns. */
function buildInsertStatement(name: TableName, fields: TableField[]): string {
  const columns = fields.map((field) => quoteName(field.name));
  const values = fields.map((field) => `CAST(item.${quoteName(field.name)} AS ${toDuckDbType(field)})`);
  const structure = quoteText(JSON.stringify([buildTextStructure(fields)]));
  return `INSERT INTO ${toStoredName(name)} (${columns.join(", ")}) SELECT ${values.join(", ")}
    FROM (SELECT UNNEST(from_json(CAST($1 AS JSON), ${structure})) AS item)`;
}

function buildTextStructure(fields: TableField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => {
      const single = field.type === "RECORD" ? buildTextStructure(field.fields ?? []) : "VARCHAR";
      return [field.name, field.mode === "REPEATED" ? [single] : single];
    }),
  );
}
