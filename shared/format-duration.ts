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
