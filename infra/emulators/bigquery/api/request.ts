import { z } from "zod";
import type { TimestampFormat } from "../storage/result-row.ts";
import { ApiError } from "./api-error.ts";

/**
 * Parses a request's body, or a part of it.
 * @throws {ApiError} 400 that names each wrong field
 */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ApiError(400, "invalid", z.prettifyError(parsed.error));
  return parsed.data;
}

/** The paging parameters of a request, from its query string or its body. */
export interface PageRequest {
  maxResults?: unknown;
  pageToken?: unknown;
  startIndex?: unknown;
}

/**
 * Cuts one page out of a list. The page token is the position of the next page's first item.
 * @see https://cloud.google.com/bigquery/docs/paging-results
 * @throws {ApiError} 400 for a pageToken, startIndex or maxResults that is no whole number
 */
export function paginate<T>(
  items: readonly T[],
  request: PageRequest,
  maximum = 100_000,
): { page: T[]; nextPageToken: string | undefined } {
  const start = parseWholeNumber(request.pageToken ?? request.startIndex, "pageToken") ?? 0;
  const size = Math.min(parseWholeNumber(request.maxResults, "maxResults") ?? maximum, maximum);
  const end = start + size;
  return { page: items.slice(start, end), nextPageToken: end < items.length ? String(end) : undefined };
}

function parseWholeNumber(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new ApiError(400, "invalid", `Invalid value for ${name}: ${String(value)}`);
  }
  return number;
}

/**
 * Reads the format in which a request wants its timestamps.
 * @param readOption returns the request's `formatOptions.<name>`, from its query string or its body
 * @see https://cloud.google.com/bigquery/docs/reference/rest/v2/DataFormatOptions
 */
export function readTimestampFormat(readOption: (name: string) => unknown): TimestampFormat {
  const named = readOption("timestampOutputFormat");
  if (named === "ISO8601_STRING" || named === "INT64" || named === "FLOAT64") return named;
  return String(readOption("useInt64Timestamp")) === "true" ? "INT64" : "FLOAT64";
}
