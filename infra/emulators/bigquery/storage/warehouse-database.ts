import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBType, type DuckDBValue } from "@duckdb/node-api";
import { buildMacroStatements } from "../googlesql/macros.ts";
import { CATALOG_SCHEMA, STORAGE } from "../googlesql/rewrite-table-name.ts";
import { quoteText } from "./column-type.ts";

/** What a DuckDB statement returned. */
export interface QueryResult {
  names: string[];
  types: DuckDBType[];
  rows: DuckDBValue[][];
}

/**
 * The DuckDB database under the warehouse: datasets are schemas of the attached database STORAGE.
 * Reads run side by side on connections of their own; writes run one after another, each in a transaction, and are on disk
 * (in DuckDB's write-ahead log) when they return.
 */
export class WarehouseDatabase {
  #lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
  ) {}

  /** Opens or creates the database in `file`; in memory when there is none. */
  static async open(file?: string): Promise<WarehouseDatabase> {
    if (file) await mkdir(dirname(resolve(file)), { recursive: true });
    const instance = await DuckDBInstance.create(":memory:");
    const writer = await instance.connect();
    await writer.run(`ATTACH ${quoteText(file ? resolve(file) : ":memory:")} AS ${STORAGE}`);
    await writer.run("SET GLOBAL TimeZone = 'UTC'");
    await writer.run(`USE ${STORAGE}`);
    await writer.run(`CREATE SCHEMA IF NOT EXISTS ${CATALOG_SCHEMA}`);
    for (const statement of buildMacroStatements()) await writer.run(statement);
    return new WarehouseDatabase(instance, writer);
  }

  /** Runs a statement that only reads. */
  async read(sql: string): Promise<QueryResult> {
    const connection = await this.instance.connect();
    try {
      await connection.run(`USE ${STORAGE}`);
      return await runStatement(connection, sql);
    } finally {
      connection.closeSync();
    }
  }

  /** Runs `work` alone, in one transaction that is undone when it throws. */
  write<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    const turn = this.#lastWrite.then(() => this.#transaction(work));
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }

  async #transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    await this.writer.run("BEGIN TRANSACTION");
    try {
      const result = await work((sql, values) => runStatement(this.writer, sql, values));
      await this.writer.run("COMMIT");
      return result;
    } catch (error) {
      // A failed COMMIT has ended the transaction already.
      await this.writer.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }

  /** Waits for running writes and closes the file. */
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
  return { names: reader.deduplicatedColumnNames(), types: reader.columnTypes(), rows: reader.getRows() };
}
