import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** The parts of a backfill that are done, in a file: a backfill that was interrupted does not read them again. */
export class Checkpoint {
  readonly #file: string;
  readonly #done = new Set<string>();

  /** @param file a part per line */
  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    // The last line of a process that was killed during a write has no end.
    const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
    for (const line of lines) this.#done.add(line);
  }

  has(part: string): boolean {
    return this.#done.has(part);
  }

  add(parts: string[]) {
    if (parts.length === 0) return;
    for (const part of parts) this.#done.add(part);
    appendFileSync(this.#file, `${parts.join("\n")}\n`);
  }
}
