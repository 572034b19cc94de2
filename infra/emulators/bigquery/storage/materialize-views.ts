import { STORAGE, type TableName } from "../googlesql/rewrite-table-name.ts";
import { type DuckDbStatement, toDuckDb } from "../googlesql/to-duckdb.ts";
import type { Catalog } from "./catalog.ts";
import { quoteName } from "./column-type.ts";

/** A query over fewer views is planned quickly as it is, and can skip rows that it does not need. */
export const MIN_VIEWS = 2;

/** What a query or a view reads. */
type Reading = Pick<DuckDbStatement, "sql" | "tables">;

/** DuckDB tables with the rows of views, by the views' names: `<dataset>.<view>`. */
export type StoredViews = ReadonlyMap<string, string>;

/**
 * Puts every view that a query reads, directly or through others, before it as a materialized common table expression.
 *
 * DuckDB expands a view wherever it is named, and plans each copy: a view over views over views takes seconds to plan, without a row in
 * its tables. As an expression it is planned and computed once.
 *
 * @param stored views whose rows are read from a table instead
 * @returns DuckDB SQL with the same rows
 */
export function materializeViews(
  query: Reading,
  catalog: Catalog,
  stored: StoredViews = new Map<string, string>(),
): string {
  const views = collectViews(query.tables, catalog, stored);
  if (stored.size === 0 && views.size < MIN_VIEWS) return query.sql;
  const sources = new Map([...[...views.keys()].map((name) => [name, quoteName(name)] as const), ...stored]);
  const text = readSources(query.sql, sources);
  if (views.size === 0) return text;
  const expressions = [...views].map(
    ([name, { sql }]) => `${quoteName(name)} AS MATERIALIZED (${readSources(sql, sources)})`,
  );
  const [, recursive = "", rest] = /^\s*WITH\s+(RECURSIVE\s+)?([\s\S]*)$/i.exec(text) ?? [];
  const separator = rest === undefined ? " " : ", ";
  return `WITH ${recursive}${expressions.join(", ")}${separator}${rest ?? text}`;
}

/**
 * The views among some tables, by name, each behind those that it reads.
 * @param stored views that are left out, with what only they read
 */
export function collectViews(
  tables: TableName[],
  catalog: Catalog,
  stored: StoredViews = new Map<string, string>(),
): Map<string, Reading> {
  const views = new Map<string, Reading>();
  const collect = (names: TableName[]) => {
    for (const { dataset, table } of names) {
      const name = nameOf({ dataset, table });
      const query = catalog.table({ dataset, table }).view?.query;
      if (query === undefined || views.has(name) || stored.has(name)) continue;
      const [translated] = toDuckDb(query, { defaultDataset: dataset });
      if (!translated) continue;
      collect(translated.tables);
      views.set(name, translated);
    }
  };
  collect(tables);
  return views;
}

export function nameOf({ dataset, table }: TableName): string {
  return `${dataset}.${table}`;
}

/** Reads expressions or tables instead of the views, under the alias that a view has in GoogleSQL without one: its last name. */
function readSources(sql: string, sources: StoredViews): string {
  return [...sources].reduce((text, [name, source]) => {
    const [dataset = "", table = ""] = name.split(".");
    const view = `"${STORAGE}".${quoteName(dataset)}.${quoteName(table)}`;
    return text.split(view).reduce((before, after) => {
      const hasAlias = /^\s+AS\s/i.test(after);
      return `${before}${source}${hasAlias ? "" : ` AS ${quoteName(table)}`}${after}`;
    });
  }, sql);
}
