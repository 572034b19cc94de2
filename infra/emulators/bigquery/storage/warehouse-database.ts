import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBType, type DuckDBValue } from "@duckdb/node-api";
import { buildMacroStatements } from "../googlesql/macros.ts";
import { CATALOG_SCHEMA, STORAGE } from "../googlesql/rewrite-table-name.ts";
import { quoteName, quoteText } from "./column-type.ts";

/** Result of a DuckDB statement. */
export interface QueryResult {
  names: string[];
  types: DuckDBType[];
  rows: DuckDBValue[][];
}

/** Stands for a write that may change definitions, or rows of several tables. */
const ANY_TABLE = "*";

/**
 * The emulator's DuckDB database. Datasets are schemas of the attached database STORAGE.
 * Reads run in parallel, each on its own connection. Writes run one after the other, each in a transaction, and are on disk
 * (in DuckDB's write-ahead log) when they resolve.
 */
export class WarehouseDatabase {
  #lastWrite: Promise<unknown> = Promise.resolve();
  /** Ended writes by the table that they changed, `<dataset>.<table>`. */
  readonly #writes = new Map<string, number>();
  #written: string | undefined;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
  ) {}

  /**
   * Opens or creates the database in `file`; in memory without one.
   * @param now the present of queries, which does not move; the clock's if undefined
   */
  static async open(file?: string, now?: Date): Promise<WarehouseDatabase> {
    if (file) await mkdir(dirname(resolve(file)), { recursive: true });
    const instance = await DuckDBInstance.create(":memory:");
    const writer = await instance.connect();
    await writer.run(`ATTACH ${quoteText(file ? resolve(file) : ":memory:")} AS ${STORAGE}`);
    await writer.run("SET GLOBAL TimeZone = 'UTC'");
    await writer.run(`USE ${STORAGE}`);
    await writer.run(`CREATE SCHEMA IF NOT EXISTS ${CATALOG_SCHEMA}`);
    for (const statement of buildMacroStatements(now)) await writer.run(statement);
    // BigQuery has no files: a query that reads or writes the developer's files is refused.
    // https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview
    await writer.run("SET enable_external_access = false");
    await writer.run("SET lock_configuration = true");
    return new WarehouseDatabase(instance, writer);
  }

  /**
   * Number that grows with each write to one of the tables.
   * @param tables `<dataset>.<table>`
   * @returns undefined while one is written
   */
  versionOf(tables: Iterable<string>): number | undefined {
    const names = [ANY_TABLE, ...tables];
    if (this.#written !== undefined && names.includes(this.#written)) return undefined;
    return names.reduce((sum, name) => sum + (this.#writes.get(name) ?? 0), 0);
  }

  /**
   * Stores the first rows of a query in memory, until `dropResult` or the end of the process.
   * @returns the quoted name of the table
   */
  async storeResult(name: string, sql: string, limit: number): Promise<{ table: string; rows: number }> {
    const table = `memory.main.${quoteName(name)}`;
    const { rows } = await this.read(`CREATE TABLE ${table} AS SELECT * FROM (${sql}) LIMIT ${limit}`);
    return { table, rows: Number(rows[0]?.[0] ?? 0) };
  }

  async dropResult(table: string): Promise<void> {
    await this.read(`DROP TABLE ${table}`);
  }

  /** Runs a read-only statement. */
  async read(sql: string): Promise<QueryResult> {
    const connection = await this.instance.connect();
    try {
      await connection.run(`USE ${STORAGE}`);
      return await runStatement(connection, sql);
    } finally {
      connection.closeSync();
    }
  }

  /**
   * Runs `work` in a transaction, which is rolled back when it throws. No other write runs at the same time.
   * @param table `<dataset>.<table>` if it changes rows of this one only
   */
  write<T>(work: (run: RunStatement) => Promise<T>, table = ANY_TABLE): Promise<T> {
    const written = this.#lastWrite.then(() => this.#transaction(work, table));
    this.#lastWrite = written.catch(() => undefined);
    return written;
  }

  async #transaction<T>(work: (run: RunStatement) => Promise<T>, table: string): Promise<T> {
    this.#written = table;
    await this.writer.run("BEGIN TRANSACTION");
    try {
      const result = await work((sql, values) => runStatement(this.writer, sql, values));
      await this.writer.run("COMMIT");
      return result;
    } catch (error) {
      // A failed COMMIT has ended the transaction, so ROLLBACK fails.
      await this.writer.run("ROLLBACK").catch(() => undefined);
      throw error;
    } finally {
      this.#writes.set(table, (this.#writes.get(table) ?? 0) + 1);
      this.#written = undefined;
    }
  }

  /** Waits for the writes in progress and closes the file. */
  async close(): Promise<void> {
    await this.#lastWrite;
    await this.writer.run("USE memory");
    await this.writer.run(`DETACH ${STORAGE}`);
    this.writer.closeSync();
    this.instance.closeSync();
  }
}

/** Runs one statement, with `$1`, `$2`, … bound to `values`. */
export type RunStatement = (sql: string, values?: string[]) => Promise<QueryResult>;

async function runStatement(
  connection: DuckDBConnection,
  sql: string,
  values: string[] = [],
): Promise<QueryResult> {
  const reader = await connection.runAndReadAll(sql, values);
  return { names: reader.columnNames(), types: reader.columnTypes(), rows: reader.getRows() };
}
