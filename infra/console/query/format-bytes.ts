const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** 1536 is `1.5 KiB`: BigQuery bills in powers of 1,024, https://cloud.google.com/bigquery/pricing */
export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${UNITS[power]}`;
}
