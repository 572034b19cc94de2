import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { GitHubState } from "../emulators/github/state.ts";
import { demoState } from "./demo-state.ts";

/**
 * The date of a suite's demo. The first demo chooses it, and it stays until the state is deleted. The GitHub emulator then contains the month
 * before that date. A demo on a later day sends the same deliveries again, which the suite deduplicates.
 */
export class DemoDate {
  readonly #state: GitHubState;
  readonly #file: string | undefined;
  #date: string | undefined;

  /**
   * @param state of the GitHub emulator; choosing a date changes it
   * @param file that stores the date; without it, a restart forgets the date
   */
  constructor(state: GitHubState, file?: string) {
    this.#state = state;
    this.#file = file;
    if (file && existsSync(file)) this.#apply(readFileSync(file, "utf8").trim());
  }

  /**
   * Chooses the date, unless one is chosen already.
   *
   * @param date YYYY-MM-DD
   * @returns the date of the demo
   */
  choose(date: string): string {
    if (this.#date !== undefined) return this.#date;
    if (this.#file) writeFileSync(this.#file, `${date}\n`);
    return this.#apply(date);
  }

  #apply(date: string): string {
    Object.assign(this.#state, demoState(date));
    this.#date = date;
    return date;
  }
}
