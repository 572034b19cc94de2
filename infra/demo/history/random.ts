import type { DayClock } from "../day-clock.ts";

/** An integer from `low` to `high` - 1, derived from the demo's date and a name. */
export function integer(clock: DayClock, name: string, low: number, high: number): number {
  return low + clock.number(name, high - low);
}

/** One of the values, derived from the demo's date and a name. @throws {Error} if there are no values */
export function pick<T>(clock: DayClock, name: string, values: readonly T[]): T {
  const value = values[clock.number(name, values.length)];
  if (value === undefined) throw new Error(`There are no values for ${name}`);
  return value;
}
