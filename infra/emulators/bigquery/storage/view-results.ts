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

interface ReadView {
  /** Of the tables that the view reads. */
  version: number;
  reads: number;
  /** Resolves with the table that has the view's rows, or undefined if they cannot be stored. */
  storing: Promise<string | undefined> | undefined;
}

/**
 * Runs queries, and stores the rows of the views that they read repeatedly until their tables change. BigQuery keeps results of queries for
 * as long: https://cloud.google.com/bigquery/docs/cached-results
 */
export class ViewResults {
  readonly #views = new Map<string, ReadView>();
  readonly #large = new Set<string>();
  #tables = 0;

  constructor(
    private readonly database: WarehouseDatabase,
    private readonly catalog: Catalog,
  ) {}

  /** Runs a SELECT. */
  async read(statement: DuckDbStatement): Promise<QueryResult> {
    const views = collectViews(statement.tables, this.catalog);
    const result = views.size < MIN_VIEWS ? undefined : await this.#readStored(statement, views);
    return result ?? this.database.read(materializeViews(statement, this.catalog));
  }

  /** @returns undefined if no view is stored, or there was a write in between: the tables may have rows of other times */
  async #readStored(
    statement: DuckDbStatement,
    views: ReturnType<typeof collectViews>,
  ): Promise<QueryResult | undefined> {
    const bases = findBases(views);
    const tables = basesOf(statement, bases);
    const version = this.database.versionOf(tables);
    if (version === undefined) return undefined;
    const stored = await this.#store(views, bases);
    if (stored.size === 0) return undefined;
    try {
      const result = await this.database.read(materializeViews(statement, this.catalog, stored));
      return this.database.versionOf(tables) === version ? result : undefined;
    } catch (error) {
      if (this.database.versionOf(tables) === version) throw error;
      return undefined;
    }
  }

  async #store(views: ReturnType<typeof collectViews>, bases: Bases): Promise<StoredViews> {
    const repeated = new Map<string, ReadView>();
    const changing = new Set<string>();
    for (const [name, view] of views) {
      const isConstant =
        !NOT_CONSTANT.test(view.sql) && !view.tables.some((read) => changing.has(nameOf(read)));
      if (!isConstant) changing.add(name);
      const read = isConstant ? this.#count(name, bases) : undefined;
      if (read && read.reads >= MIN_READS && !this.#large.has(name)) repeated.set(name, read);
    }
    const stored = new Map<string, string>();
    for (const [name, read] of repeated) {
      const view = views.get(name);
      if (!view) continue;
      read.storing ??= this.#storeView(name, materializeViews(view, this.catalog, stored));
      const table = await read.storing;
      // A write during the storing made it useless.
      const isCurrent = this.#views.get(name) === read && this.#versionOf(name, bases) === read.version;
      if (table !== undefined && isCurrent) stored.set(name, table);
    }
    return stored;
  }

  /** @returns undefined while one of the view's tables is written */
  #count(name: string, bases: Bases): ReadView | undefined {
    const version = this.#versionOf(name, bases);
    if (version === undefined) return undefined;
    const earlier = this.#views.get(name);
    const read = earlier?.version === version ? earlier : { version, reads: 0, storing: undefined };
    if (earlier && read !== earlier) this.#drop(earlier);
    this.#views.set(name, read);
    read.reads++;
    return read;
  }

  #versionOf(name: string, bases: Bases): number | undefined {
    return this.database.versionOf(bases.get(name) ?? []);
  }

  async #storeView(name: string, sql: string): Promise<string | undefined> {
    try {
      const { table, rows } = await this.database.storeResult(`${++this.#tables} ${name}`, sql, MAX_ROWS + 1);
      if (rows <= MAX_ROWS) return table;
      this.#large.add(name);
      await this.database.dropResult(table);
    } catch {
      // The query itself fails, with the error of the view.
    }
    return undefined;
  }

  /** Drops the table after queries have begun to read it at most: such a query fails, and is repeated because of the write. */
  #drop({ storing }: ReadView): void {
    void storing
      ?.then((table) => (table === undefined ? undefined : this.database.dropResult(table)))
      // The warehouse is stopping.
      .catch(() => {});
  }
}

/** The tables that a view reads, directly or through others, by the view's name. */
type Bases = Map<string, Set<string>>;

function findBases(views: ReturnType<typeof collectViews>): Bases {
  const bases: Bases = new Map();
  // A view is behind those that it reads.
  for (const [name, view] of views) bases.set(name, basesOf(view, bases));
  return bases;
}

function basesOf({ tables }: Pick<DuckDbStatement, "tables">, bases: Bases): Set<string> {
  return new Set(tables.map(nameOf).flatMap((name) => [...(bases.get(name) ?? [name])]));
}
