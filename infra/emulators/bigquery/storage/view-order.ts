import type { TableName } from "../googlesql/rewrite-table-name.ts";
import { GoogleSqlError, toDuckDb } from "../googlesql/to-duckdb.ts";

export interface StoredView {
  dataset: string;
  view: string;
  query: string;
}

/** Sorts views so that each follows the views that it reads. Views of a cycle, and views that do not parse, keep their order. */
export function sortByDependency(views: StoredView[]): StoredView[] {
  const byName = new Map(views.map((stored) => [`${stored.dataset}.${stored.view}`, stored]));
  const ordered = new Set<StoredView>();
  const visit = (stored: StoredView, path: ReadonlySet<StoredView>) => {
    if (ordered.has(stored) || path.has(stored)) return;
    for (const { dataset, table } of findTables(stored.query)) {
      const read = byName.get(`${dataset}.${table}`);
      if (read) visit(read, new Set([...path, stored]));
    }
    ordered.add(stored);
  };
  for (const stored of views) visit(stored, new Set());
  return [...ordered];
}

function findTables(query: string): TableName[] {
  try {
    return toDuckDb(query).flatMap(({ tables }) => tables);
  } catch (error) {
    if (error instanceof GoogleSqlError) return [];
    throw error;
  }
}
