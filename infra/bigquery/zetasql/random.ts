import { createHash } from "node:crypto";

const START = Date.UTC(2025, 1, 20);
const DAY = 86_400_000;

/** Random choices that depend on the seed only. */
export class Random {
  #drawn = 0;

  constructor(private readonly seed: number) {}

  /** A number from 0 up to 1, without 1. */
  #next(): number {
    const hash = createHash("sha256").update(`${this.seed} ${this.#drawn++}`);
    return hash.digest().readUInt32BE() / 2 ** 32;
  }

  /** An integer from 0 up to the limit, without the limit. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** The value, or null for one in ten. */
  maybe<T>(value: T): T | null {
    return this.chance(0.1) ? null : value;
  }

  /** Milliseconds since 1970 of a moment in the month. */
  moment(): number {
    return START + this.below(40 * DAY);
  }

  shuffle<T>(items: T[]): T[] {
    return items
      .map((item) => ({ item, rank: this.#next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
}
