import { createHash } from "node:crypto";

/** Times and ids of one day. They depend on the date only. */
export class DayClock {
  readonly #midnight: number;
  readonly #date: string;

  /** @param date YYYY-MM-DD, in UTC */
  constructor(date: string) {
    this.#date = date;
    this.#midnight = Date.parse(`${date}T00:00:00Z`);
  }

  /** @param minutes since midnight, fractions allowed @returns RFC 3339 */
  at(minutes: number): string {
    return new Date(this.#midnight + minutes * 60_000).toISOString();
  }

  /** @param minutes since midnight @returns a Slack timestamp: seconds since 1970 with six decimals */
  slackTs(minutes: number): string {
    return ((this.#midnight + minutes * 60_000) / 1000).toFixed(6);
  }

  /** A UUID derived from the date and a name. */
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

  /** Hexadecimal digits derived from the date and a name. */
  hex(name: string, length: number): string {
    return createHash("sha256").update(`${this.#date} ${name}`).digest("hex").slice(0, length);
  }

  /** An integer from 0 to `below` - 1, derived from the date and a name. */
  number(name: string, below: number): number {
    return Number.parseInt(this.hex(name, 12), 16) % below;
  }
}
