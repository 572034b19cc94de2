import type { Response } from "express";

/** Rows as RFC 4180 has them. Values that a spreadsheet would run as formulas are kept from that by an apostrophe. */
export function toCsv(columns: string[], rows: Record<string, unknown>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))];
  return lines.map((values) => `${values.map(formatField).join(",")}\r\n`).join("");
}

/** Answers with a file to download. @param name without its extension */
export function sendCsv(
  response: Response,
  name: string,
  columns: string[],
  rows: Record<string, unknown>[],
) {
  response.attachment(`${name}.csv`).type("text/csv").send(toCsv(columns, rows));
}

function formatField(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  // https://owasp.org/www-community/attacks/CSV_Injection
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
