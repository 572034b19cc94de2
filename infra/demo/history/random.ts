import type { DayClock } from "../day-clock.ts";

/** An integer from `low` up to, and without, `high`, made of the demo's date and a name. */
export function integer(clock: DayClock, name: string, low: number, high: number): number {
  return low + clock.number(name, high - low);
}

/** One of some values, made of the demo's date and a name. @throws {Error} when there is none */
export function pick<T>(clock: DayClock, name: string, values: readonly T[]): T {
  const value = values[clock.number(name, values.length)];
  if (value === undefined) throw new Error(`There is nothing to choose ${name} from`);
  return value;
}
