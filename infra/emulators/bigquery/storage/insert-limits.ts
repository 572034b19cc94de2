import { ApiError } from "../api/api-error.ts";
import type { TableField } from "./column-type.ts";
import { InvalidValueError } from "./stored-value.ts";

/**
 * Limits of tabledata.insertAll. Each message is BigQuery's own where a public report quotes it.
 * @see https://cloud.google.com/bigquery/quotas#streaming_inserts
 */
export const insertLimits = {
  /** Of the request, after decompression: https://github.com/googleapis/google-cloud-go/issues/2855 */
  requestBytes: 10_485_760,
  /** Of one row as JSON: same issue. */
  rowBytes: 10_485_760,
  rows: 50_000,
  /** Characters. */
  insertId: 128,
  /** Days around today of a partition: https://github.com/mozilla/gcp-ingestion/pull/2721 */
  daysPast: 1825,
  daysAhead: 366,
};

const DAY_MS = 86_400_000;

/** @throws {ApiError} 400 when the request is too large or has too many rows */
export function checkRequestSize(bytes: number, rows: number): void {
  const { requestBytes, rows: maxRows } = insertLimits;
  if (bytes > requestBytes)
    throw new ApiError(400, "badRequest", `Request payload size exceeds the limit: ${requestBytes} bytes.`);
  if (rows > maxRows)
    throw new ApiError(
      400,
      "invalid",
      `Too many rows present in the request, limit: ${maxRows} row count: ${rows}.`,
    );
}

/** @throws {InvalidValueError} when the row's size or insertId exceeds its limit */
export function checkRowSize(json: Record<string, unknown>, insertId: string | undefined): void {
  const size = Buffer.byteLength(JSON.stringify(json));
  if (size > insertLimits.rowBytes)
    throw new InvalidValueError(
      `Maximum allowed row size exceeded. Allowed: ${insertLimits.rowBytes} Row size: ${size}`,
      "",
    );
  if (insertId !== undefined && insertId.length > insertLimits.insertId)
    throw new InvalidValueError(
      `insertId has ${insertId.length} characters, the maximum is ${insertLimits.insertId}`,
      "insertId",
    );
}

/**
 * BigQuery streams only into partitions around today.
 *
 * @param value the partition column's stored text, `2024-03-05 06:07:08+00` or `2024-03-05`; null goes to the partition `__NULL__`
 * @param table `project:dataset.table`, for the message
 * @throws {InvalidValueError} outside the bounds
 */
export function checkPartition(field: TableField, value: unknown, table: string, now = Date.now()): void {
  if (typeof value !== "string") return;
  const time = toEpochMs(value);
  if (time >= now - insertLimits.daysPast * DAY_MS && time <= now + insertLimits.daysAhead * DAY_MS) return;
  throw new InvalidValueError(
    `Value ${time * 1000} for partition column ${field.name} of the destination table ${table} is outside the allowed bounds. You can only stream to partitions of date range within ${insertLimits.daysPast} days in the past and ${insertLimits.daysAhead} days in the future relative to the current date.`,
    field.name,
  );
}

function toEpochMs(text: string): number {
  const [date = "", rest = "00:00:00+00"] = text.split(" ");
  const [, time = "00:00:00", zone = "+00"] = /^([\d:.]+)([+-].*)?$/.exec(rest) ?? [];
  return Date.parse(`${date}T${time}${zone.length === 3 ? `${zone}:00` : zone}`);
}
