import { ApiError } from "../api/api-error.ts";
import { STORAGE, type TableName } from "../googlesql/rewrite-table-name.ts";
import { toDuckDb } from "../googlesql/to-duckdb.ts";
import { quoteName, type TableField, toDuckDbType } from "./column-type.ts";
import { toResultFields } from "./result-row.ts";
import { diffColumns } from "./table-fields.ts";
import type { RunStatement } from "./warehouse-database.ts";

/** A table as it lies in STORAGE. */
export function toStoredName({ dataset, table }: TableName): string {
  return `${STORAGE}.${quoteName(dataset)}.${quoteName(table)}`;
}

/**
 * Makes a table in DuckDB, or adds the columns that `fields` has more than `existing`.
 * @throws {ApiError} 400 when a column would be removed or change its type
 */
export async function defineTable(
  run: RunStatement,
  name: TableName,
  fields: TableField[],
  existing?: TableField[],
): Promise<TableField[]> {
  if (existing && existing.length > 0) {
    for (const change of diffColumns(existing, fields))
      await run(`ALTER TABLE ${toStoredName(name)} ${change}`);
    return fields;
  }
  // DuckDB has no table without columns; BigQuery's gets its schema with a patch.
  const columns = fields.map((field) => `${quoteName(field.name)} ${toDuckDbType(field)}`);
  if (columns.length > 0) await run(`CREATE TABLE ${toStoredName(name)} (${columns.join(", ")})`);
  return fields;
}

/**
 * Makes or replaces a view in DuckDB.
 * @returns its columns
 * @throws {ApiError} 400 when the query is wrong
 */
export async function defineView(run: RunStatement, name: TableName, query: string): Promise<TableField[]> {
  try {
    const [statement] = toDuckDb(query);
    await run(`CREATE OR REPLACE VIEW ${toStoredName(name)} AS ${statement?.sql ?? query}`);
    return toResultFields(await run(`SELECT * FROM ${toStoredName(name)} LIMIT 0`));
  } catch (error) {
    throw new ApiError(400, "invalidQuery", error instanceof Error ? error.message : String(error));
  }
}
