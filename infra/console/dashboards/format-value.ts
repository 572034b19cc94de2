const formats: Record<string, Intl.NumberFormat> = {
  decimal_0: new Intl.NumberFormat("en", { maximumFractionDigits: 0 }),
  decimal_1: new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  percent_1: new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 }),
};
const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** Formats a value for a dashboard. @param format Looker's value_format_name */
export function formatValue(value: unknown, format?: string): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return (formats[format ?? ""] ?? plain).format(value);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  // Looker shows times to the second.
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 19).replace("T", " ") : text;
}
