import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { GitHubState } from "../emulators/github/state.ts";
import { demoState } from "./demo-state.ts";

/**
 * The day that a suite's demo is of. The first demo that is sent to a suite decides, for as long as its state is kept: the local GitHub knows
 * the month before that day from then on, and a demo that is sent on a later day is the same one again, which counts nothing twice.
 */
export class DemoDate {
  readonly #world: GitHubState;
  readonly #file: string | undefined;
  #date: string | undefined;

  /**
   * @param world the local GitHub's, which is changed
   * @param file where the date survives a restart; without it, it does not
   */
  constructor(world: GitHubState, file?: string) {
    this.#world = world;
    this.#file = file;
    if (file && existsSync(file)) this.#know(readFileSync(file, "utf8").trim());
  }

  /**
   * Decides, unless it was decided before.
   *
   * @param date YYYY-MM-DD
   * @returns the day that the demo is of
   */
  choose(date: string): string {
    if (this.#date !== undefined) return this.#date;
    if (this.#file) writeFileSync(this.#file, `${date}\n`);
    return this.#know(date);
  }

  #know(date: string): string {
    Object.assign(this.#world, demoState(date));
    this.#date = date;
    return date;
  }
}
