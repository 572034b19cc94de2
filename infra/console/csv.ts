import type { Response } from "express";

/** Formats rows as RFC 4180 CSV. An apostrophe keeps a spreadsheet from running a value as a formula. */
export function toCsv(columns: string[], rows: Record<string, unknown>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))];
  return lines.map((values) => `${values.map(formatField).join(",")}\r\n`).join("");
}

/** Responds with a file to download. @param name without extension */
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
