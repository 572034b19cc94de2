import { createHash } from "node:crypto";

/** The times and ids of one working day: the same for the same date. */
export class DayClock {
  readonly #midnight: number;
  readonly #date: string;

  /** @param date YYYY-MM-DD, in UTC */
  constructor(date: string) {
    this.#date = date;
    this.#midnight = Date.parse(`${date}T00:00:00Z`);
  }

  /** RFC 3339 of a time of the day. @param minutes since midnight, fractions allowed */
  at(minutes: number): string {
    return new Date(this.#midnight + minutes * 60_000).toISOString();
  }

  /** Seconds since 1970, as Slack writes them: with six decimals. */
  slackTs(minutes: number): string {
    return ((this.#midnight + minutes * 60_000) / 1000).toFixed(6);
  }

  /** A UUID made of the date and a name. */
  id(name: string): string {
    const hex = this.hex(name, 32);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join("-");
  }

  /** Hexadecimal digits made of the date and a name. */
  hex(name: string, length: number): string {
    return createHash("sha256").update(`${this.#date} ${name}`).digest("hex").slice(0, length);
  }

  /** An integer from 0 up to `below`, made of the date and a name. */
  number(name: string, below: number): number {
    return Number.parseInt(this.hex(name, 12), 16) % below;
  }
}
