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

const units = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** Formats a duration with its two largest units, `22 d 11 h`. Durations below a minute have a decimal, `3.5 s`. @param seconds may be negative */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return `−${formatDuration(-seconds)}`;
  if (seconds < 60) return `${Math.floor(seconds * 10) / 10} s`;
  const largest = units.findIndex(([, length]) => seconds >= length);
  const parts = units.slice(largest, largest + 2).map(([unit, length], index) => {
    const rest = index === 0 ? seconds : seconds % (units[largest]?.[1] ?? 1);
    return [Math.floor(rest / length), unit] as const;
  });
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
