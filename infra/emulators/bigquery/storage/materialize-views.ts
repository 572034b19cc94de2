import { STORAGE, type TableName } from "../googlesql/rewrite-table-name.ts";
import { type DuckDbStatement, toDuckDb } from "../googlesql/to-duckdb.ts";
import type { Catalog } from "./catalog.ts";
import { quoteName } from "./column-type.ts";

/** A query over fewer views is planned quickly as it is, and can skip rows that it does not need. */
const MIN_VIEWS = 2;

/**
 * Puts every view that a query reads, directly or through others, before it as a materialized common table expression.
 *
 * DuckDB expands a view wherever it is named, and plans each copy: a view over views over views takes seconds to plan, without a row in
 * its tables. As an expression it is planned and computed once.
 *
 * @returns DuckDB SQL with the same rows
 */
export function materializeViews(statement: DuckDbStatement, catalog: Catalog): string {
  const views = new Map<string, string>();
  collect(statement.tables, catalog, views);
  if (views.size < MIN_VIEWS) return statement.sql;
  const names = [...views.keys()];
  const expressions = [...views].map(
    ([name, sql]) => `${quoteName(name)} AS MATERIALIZED (${readExpressions(sql, names)})`,
  );
  const query = readExpressions(statement.sql, names);
  const [, recursive = "", rest] = /^\s*WITH\s+(RECURSIVE\s+)?([\s\S]*)$/i.exec(query) ?? [];
  const separator = rest === undefined ? " " : ", ";
  return `WITH ${recursive}${expressions.join(", ")}${separator}${rest ?? query}`;
}

/** Adds the views among some tables, each behind those that it reads. */
function collect(tables: TableName[], catalog: Catalog, views: Map<string, string>): void {
  for (const { dataset, table } of tables) {
    const name = `${dataset}.${table}`;
    const query = catalog.table({ dataset, table }).view?.query;
    if (query === undefined || views.has(name)) continue;
    const [translated] = toDuckDb(query, { defaultDataset: dataset });
    if (!translated) continue;
    collect(translated.tables, catalog, views);
    views.set(name, translated.sql);
  }
}

/** Reads the expressions instead of the views, under the alias that a view has in GoogleSQL without one: its last name. */
function readExpressions(sql: string, names: string[]): string {
  return names.reduce((text, name) => {
    const [dataset = "", table = ""] = name.split(".");
    const view = `"${STORAGE}".${quoteName(dataset)}.${quoteName(table)}`;
    return text.split(view).reduce((before, after) => {
      const hasAlias = /^\s+AS\s/i.test(after);
      return `${before}${quoteName(name)}${hasAlias ? "" : ` AS ${quoteName(table)}`}${after}`;
    });
  }, sql);
}
