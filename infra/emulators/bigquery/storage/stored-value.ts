import type { TableField } from "./column-type.ts";
import { explainBadJson } from "./json-value.ts";

/** A value that its column cannot hold. The message is BigQuery's. */
export class InvalidValueError extends Error {
  override name = "InvalidValueError";

  constructor(
    message: string,
    /** Path of the field: `user.emails[1]`. */
    readonly location: string,
  ) {
    super(message);
  }
}

/**
 * Converts a row or record of `tabledata.insertAll` to strings that DuckDB casts to the column's type.
 * @throws {InvalidValueError} for an unknown field (unless ignoreUnknown is set), a missing required field or a bad value
 * @see https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll
 */
export function toStoredRecord(
  json: unknown,
  fields: TableField[],
  ignoreUnknown: boolean,
  path = "",
): Record<string, unknown> {
  if (!isObject(json)) throw new InvalidValueError(`This field: ${path} is not a record.`, path);
  const join = (name: string): string => (path ? `${path}.${name}` : name);
  const values = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
  const names = new Set(fields.map(({ name }) => name.toLowerCase()));
  const unknownName = Object.keys(json).find((name) => !names.has(name.toLowerCase()));
  if (unknownName && !ignoreUnknown)
    throw new InvalidValueError(`no such field: ${join(unknownName)}.`, join(unknownName));
  return Object.fromEntries(
    fields.map((field) => {
      const value = values.get(field.name.toLowerCase()) ?? null;
      return [field.name, toStoredField(value, field, ignoreUnknown, join(field.name))];
    }),
  );
}

function toStoredField(value: unknown, field: TableField, ignoreUnknown: boolean, path: string): unknown {
  if (field.mode === "REPEATED") {
    if (value === null) return [];
    if (!Array.isArray(value)) throw new InvalidValueError(`Repeated field must be an array: ${path}.`, path);
    return value.map((item: unknown, index) => {
      const itemPath = `${path}[${index}]`;
      if (item === null) throw new InvalidValueError("Only optional fields can be set to NULL.", itemPath);
      return toStoredSingle(item, field, ignoreUnknown, itemPath);
    });
  }
  if (value === null) {
    if (field.mode === "REQUIRED") throw new InvalidValueError(`Missing required field: ${path}.`, path);
    return null;
  }
  if (Array.isArray(value))
    throw new InvalidValueError(`Array specified for non-repeated field: ${path}.`, path);
  return toStoredSingle(value, field, ignoreUnknown, path);
}

function toStoredSingle(value: unknown, field: TableField, ignoreUnknown: boolean, path: string): unknown {
  if (field.type === "RECORD") return toStoredRecord(value, field.fields ?? [], ignoreUnknown, path);
  if (typeof value === "object") throw new InvalidValueError(`This field: ${path} is not a record.`, path);
  const text = String(value);
  const stored = SCALARS[field.type]?.(text);
  if (stored === undefined) throw new InvalidValueError(explainBadValue(field.type, text), path);
  return stored;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Converts a value's text by type. Returns undefined for a text that the type cannot hold. */
const SCALARS: Readonly<Record<string, (text: string) => string | undefined>> = {
  STRING: (text) => text,
  GEOGRAPHY: (text) => text,
  INTERVAL: (text) => text,
  INTEGER: parseInteger,
  FLOAT: (text) => (/^[+-]?(inf(inity)?|nan)$/i.test(text) || isNumber(text) ? text : undefined),
  NUMERIC: (text) => (isNumber(text) ? text : undefined),
  BIGNUMERIC: (text) => (isNumber(text) ? text : undefined),
  BOOLEAN: (text) =>
    /^(true|t|yes|y|1)$/i.test(text) ? "true" : /^(false|f|no|n|0)$/i.test(text) ? "false" : undefined,
  TIMESTAMP: parseTimestamp,
  DATETIME: (text) => matchTime(text, /^\d{4}-\d\d?-\d\d?([ Tt]\d\d?:\d\d?(:\d\d?(\.\d{1,6})?)?)?$/),
  DATE: (text) => (isExistingDay(text) ? text : undefined),
  TIME: (text) => matchTime(text, /^\d\d?:\d\d?(:\d\d?(\.\d{1,6})?)?$/),
  BYTES: parseBytes,
  JSON: (text) => (isJson(text) ? text : undefined),
};

function matchTime(text: string, pattern: RegExp): string | undefined {
  return pattern.test(text) && isExistingDay(text.slice(0, 10), text.includes("-")) ? text : undefined;
}

/** Whether a text starts with a day of the calendar: `2024-02-30` does not. */
function isExistingDay(text: string, required = true): boolean {
  if (!required) return true;
  const [, year, month, day] = /^(\d{4})-(\d\d?)-(\d\d?)/.exec(text) ?? [];
  if (!year || !month || !day) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text)) && !/^[+-]?0[xob]/i.test(text);
}

const INT64_MAX = 2n ** 63n - 1n;

function parseInteger(text: string): string | undefined {
  if (!/^[+-]?\d+(\.0*)?$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, "").replace(/\..*$/, ""));
  return value > INT64_MAX || value < -INT64_MAX - 1n ? undefined : value.toString();
}

const TIMESTAMP =
  /^(?<date>\d{4}-\d\d?-\d\d?)(?:[ Tt](?<time>\d\d?:\d\d?(?::\d\d?(?:\.\d{0,9})?)?))?\s*(?<zone>[zZ]|UTC|[+-]\d\d?(?::?\d\d)?)?$/;

/** @param text seconds since 1970, or a date and time; without a zone it is in UTC */
function parseTimestamp(text: string): string | undefined {
  if (isNumber(text)) return parseEpochSeconds(Number(text));
  const { date, time, zone } = TIMESTAMP.exec(text.trim())?.groups ?? {};
  if (!date || !isExistingDay(date)) return undefined;
  if (date.startsWith("0000")) return undefined;
  const offset = !zone || /^(z|utc)$/i.test(zone) ? "+00" : zone;
  return `${date} ${time ?? "00:00"}${time?.split(":").length === 3 ? "" : ":00"}${offset}`;
}

function parseEpochSeconds(seconds: number): string | undefined {
  const date = new Date(Math.floor(seconds) * 1000);
  // toISOString writes years outside of 0 to 9999 with a sign.
  if (Number.isNaN(date.getTime()) || !/^(?!0000)\d{4}-/.test(date.toISOString())) return undefined;
  const micros = Math.round((seconds - Math.floor(seconds)) * 1e6);
  return `${date.toISOString().slice(0, 19).replace("T", " ")}.${String(micros).padStart(6, "0")}+00`;
}

/** Converts base64 to `\xAA…`, which DuckDB casts to BLOB. */
function parseBytes(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, "base64").toString("hex").replace(/../g, "\\x$&");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
  } catch {
    return false;
  }
  return explainBadJson(text) === undefined;
}

function explainBadValue(type: string, text: string): string {
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  switch (type) {
    case "INTEGER":
      return `Cannot convert value to integer (bad value): ${shown}`;
    case "FLOAT":
      return `Cannot convert value to floating point (bad value): ${shown}`;
    case "BOOLEAN":
      return `Cannot convert value to boolean (bad value): ${shown}`;
    case "TIMESTAMP":
      return `Could not parse '${shown}' as a timestamp. Required format is YYYY-MM-DD HH:MM[:SS[.SSSSSS]]`;
    case "BYTES":
      return `Could not decode base64 string to bytes (bad value): ${shown}`;
    case "JSON":
      return `Syntax error: cannot parse as JSON: ${explainRefusedJson(text) ?? shown}`;
    default:
      return `Invalid ${type.toLowerCase()} value: ${shown}`;
  }
}

/** The reason for JSON that parses; undefined for a text that is not JSON. */
function explainRefusedJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return explainBadJson(text);
}
