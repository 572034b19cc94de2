import { ApiError } from "../api/api-error.ts";
import { STORAGE, type TableName } from "../googlesql/rewrite-table-name.ts";
import { toDuckDb } from "../googlesql/to-duckdb.ts";
import { quoteName, type TableField, toDuckDbType } from "./column-type.ts";
import { toResultFields } from "./result-row.ts";
import { diffColumns } from "./table-fields.ts";
import type { RunStatement } from "./warehouse-database.ts";

/** Returns the quoted name of a table's DuckDB table. */
export function toStoredName({ dataset, table }: TableName): string {
  return `${STORAGE}.${quoteName(dataset)}.${quoteName(table)}`;
}

/**
 * Creates a table in DuckDB, or adds the columns of `fields` that `existing` lacks.
 * @throws {ApiError} 400 for a removed column or a changed type
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
  // BigQuery has tables without columns, DuckDB has not. The DuckDB table is created by the patch that adds the columns.
  const columns = fields.map((field) => `${quoteName(field.name)} ${toDuckDbType(field)}`);
  if (columns.length > 0) await run(`CREATE TABLE ${toStoredName(name)} (${columns.join(", ")})`);
  return fields;
}

/**
 * Creates or replaces a view in DuckDB.
 * @returns its columns
 * @throws {ApiError} 400 for an invalid query
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
