import type { TimestampFormat } from "../storage/result-row.ts";

/**
 * How a request wants its timestamps. `read` gives the request's `formatOptions.<name>`, from body or query string.
 * @see https://cloud.google.com/bigquery/docs/reference/rest/v2/DataFormatOptions
 */
export function timestampFormat(read: (name: string) => unknown): TimestampFormat {
  const named = read("timestampOutputFormat");
  if (named === "ISO8601_STRING" || named === "INT64" || named === "FLOAT64") return named;
  return String(read("useInt64Timestamp")) === "true" ? "INT64" : "FLOAT64";
}
