import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultWorkspace, type Workspace } from "./workspace.ts";

/** The workspace, kept in a file that is replaced as a whole. */
export class Store {
  readonly workspace: Workspace;
  readonly #file: string | undefined;
  #lastTs = 0;

  /** @param dir without it nothing survives */
  constructor(dir?: string) {
    if (dir) mkdirSync(dir, { recursive: true });
    this.#file = dir && join(dir, "workspace.json");
    this.workspace =
      this.#file && existsSync(this.#file)
        ? JSON.parse(readFileSync(this.#file, "utf8"))
        : defaultWorkspace();
  }

  save() {
    if (!this.#file) return;
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify(this.workspace));
    renameSync(draft, this.#file);
  }

  /** A ts that no message has. */
  nextTs(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, Date.now() * 1000);
    return (this.#lastTs / 1e6).toFixed(6);
  }
}
