import { z } from "zod";
import { ApiError } from "../api/api-error.ts";
import { parseBody } from "../api/request.ts";
import { quoteName, type TableField, toApiType, toDuckDbType } from "./column-type.ts";

const fieldBody = z.looseObject({
  name: z.string().regex(/^\w{1,300}$/, "Fields must contain only letters, numbers, and underscores"),
  type: z.string(),
  mode: z.string().optional(),
  description: z.string().optional(),
  fields: z.array(z.unknown()).optional(),
});

/**
 * Parses a schema's fields and converts types and modes to the API's spelling.
 * @throws {ApiError} 400 for an invalid name or an unknown type
 */
export function parseTableFields(fields: unknown[]): TableField[] {
  return fields.map((field) => {
    const { name, mode, fields: children, ...rest } = parseBody(fieldBody, field);
    const type = toApiType(rest.type);
    if (!type)
      throw new ApiError(400, "invalid", `Invalid value for type: ${rest.type} is not a valid value`);
    const nested = children ? { fields: parseTableFields(children) } : {};
    return { ...withoutUndefined(rest), name, type, mode: (mode ?? "NULLABLE").toUpperCase(), ...nested };
  });
}

function withoutUndefined(rest: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

/**
 * Returns the ALTER TABLE clauses that lead from one schema to another.
 * BigQuery allows added and relaxed columns, https://cloud.google.com/bigquery/docs/managing-table-schemas
 * @throws {ApiError} 400 for a removed column, a changed type or an added required column
 */
export function diffColumns(existing: TableField[], wanted: TableField[]): string[] {
  const byName = new Map(wanted.map((field) => [field.name.toLowerCase(), field]));
  const changes = existing.flatMap((field) => {
    const next = byName.get(field.name.toLowerCase());
    if (!next)
      throw new ApiError(400, "invalid", `Provided Schema does not match: field ${field.name} is missing`);
    return diffColumn(field, next);
  });
  const existingNames = new Set(existing.map((field) => field.name.toLowerCase()));
  const added = wanted.filter((field) => !existingNames.has(field.name.toLowerCase()));
  const required = added.find((field) => field.mode === "REQUIRED");
  if (required) {
    const message = `Cannot add required fields to an existing schema. (field: ${required.name})`;
    throw new ApiError(400, "invalid", `Provided Schema does not match: ${message}`);
  }
  return [...changes, ...added.map((field) => `ADD COLUMN ${quoteName(field.name)} ${toDuckDbType(field)}`)];
}

function diffColumn(field: TableField, next: TableField): string[] {
  if (toDuckDbType(field) === toDuckDbType(next)) return [];
  if (field.type !== "RECORD" || next.type !== "RECORD" || field.mode !== next.mode) {
    const message = `Field ${field.name} has changed type from ${field.type} to ${next.type}`;
    throw new ApiError(400, "invalid", `Provided Schema does not match: ${message}`);
  }
  diffColumns(field.fields ?? [], next.fields ?? []);
  return [`ALTER COLUMN ${quoteName(field.name)} SET DATA TYPE ${toDuckDbType(next)}`];
}
