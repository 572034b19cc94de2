import type { DuckDbStatement } from "../googlesql/to-duckdb.ts";
import type { Catalog } from "./catalog.ts";
import { collectViews, MIN_VIEWS, materializeViews, nameOf, type StoredViews } from "./materialize-views.ts";
import type { QueryResult, WarehouseDatabase } from "./warehouse-database.ts";

/** A dashboard has some twenty queries over the same views. Two queries are as quick without stored rows. */
const MIN_READS = 3;
/** A few ten megabytes. A larger view is computed by each query, with its conditions. */
const MAX_ROWS = 100_000;
/** Views of these have other rows at another time, without a write. */
const NOT_CONSTANT = /\b(?:gsql_current_\w+|current_\w+|now|random|rand|gen_random_uuid|uuid)\b/i;

const NONE: StoredViews = new Map<string, string>();

/**
 * Runs queries, and stores the rows of the views that they read repeatedly until the next write. BigQuery keeps results of queries for as
 * long as their tables do not change: https://cloud.google.com/bigquery/docs/cached-results
 */
export class ViewResults {
  /** Version of the database that the rest belongs to. */
  #version = -1;
  #reads = new Map<string, number>();
  /** Tables with rows of views; undefined for a view that cannot be stored. */
  #stored = new Map<string, Promise<string | undefined>>();
  readonly #large = new Set<string>();

  constructor(
    private readonly database: WarehouseDatabase,
    private readonly catalog: Catalog,
  ) {}

  /** Runs a SELECT. */
  async read(statement: DuckDbStatement): Promise<QueryResult> {
    const { version } = this.database;
    const stored = await this.#store(statement, version);
    const result = stored.size > 0 ? await this.#readStored(statement, stored, version) : undefined;
    return result ?? this.database.read(materializeViews(statement, this.catalog));
  }

  /** @returns undefined if there was a write in between: the tables may have rows of other times */
  async #readStored(
    statement: DuckDbStatement,
    stored: StoredViews,
    version: number,
  ): Promise<QueryResult | undefined> {
    try {
      const result = await this.database.read(materializeViews(statement, this.catalog, stored));
      return this.database.version === version ? result : undefined;
    } catch (error) {
      if (this.database.version === version) throw error;
      return undefined;
    }
  }

  async #store(statement: DuckDbStatement, version: number): Promise<StoredViews> {
    const isWriting = version % 2 === 1;
    if (isWriting) return NONE;
    if (version !== this.#version) this.#forget(version);
    const views = collectViews(statement.tables, this.catalog);
    if (views.size < MIN_VIEWS) return NONE;
    for (const name of views.keys()) this.#reads.set(name, (this.#reads.get(name) ?? 0) + 1);
    const stored = new Map<string, string>();
    const changing = new Set<string>();
    for (const [name, view] of views) {
      if (NOT_CONSTANT.test(view.sql) || view.tables.some((read) => changing.has(nameOf(read)))) {
        changing.add(name);
        continue;
      }
      if ((this.#reads.get(name) ?? 0) < MIN_READS || this.#large.has(name)) continue;
      // Another query may have begun after a write.
      if (this.#version !== version) return NONE;
      const storing =
        this.#stored.get(name) ?? this.#storeView(name, materializeViews(view, this.catalog, stored));
      this.#stored.set(name, storing);
      const table = await storing;
      if (table !== undefined) stored.set(name, table);
    }
    return stored;
  }

  async #storeView(name: string, sql: string): Promise<string | undefined> {
    const version = this.#version;
    try {
      const { table, rows } = await this.database.storeResult(`${version} ${name}`, sql, MAX_ROWS + 1);
      if (rows > MAX_ROWS) this.#large.add(name);
      if (rows <= MAX_ROWS && this.#version === version) return table;
      await this.database.dropResult(table);
    } catch {
      // The query itself fails, with the error of the view.
    }
    return undefined;
  }

  #forget(version: number): void {
    const tables = [...this.#stored.values()];
    this.#version = version;
    this.#reads = new Map();
    this.#stored = new Map();
    // An error means that the warehouse is stopping.
    for (const storing of tables)
      void storing
        .then((table) => (table === undefined ? undefined : this.database.dropResult(table)))
        .catch(() => {});
  }
}
