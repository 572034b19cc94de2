import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "./workspace.ts";

/** Of the kept file; raised when a workspace that was kept cannot be read any more: it is then started anew. */
const VERSION = 2;

/** The workspace, kept in a file that is replaced as a whole. */
export class Store {
  readonly workspace: Workspace;
  readonly #file: string | undefined;
  readonly #onSaved: () => void;
  #lastTs = 0;

  /**
   * @param initial the workspace when none is kept
   * @param dir without it nothing survives
   * @param onSaved called when something may have changed
   */
  constructor(initial: Workspace, dir?: string, onSaved: () => void = () => {}) {
    this.#onSaved = onSaved;
    if (dir) mkdirSync(dir, { recursive: true });
    this.#file = dir && join(dir, "workspace.json");
    this.workspace = (this.#file && readStored(this.#file)) || initial;
  }

  save() {
    this.#write();
    this.#onSaved();
  }

  #write() {
    if (!this.#file) return;
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify({ version: VERSION, workspace: this.workspace }));
    renameSync(draft, this.#file);
  }

  /** A ts that no message has. */
  nextTs(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, Date.now() * 1000);
    return (this.#lastTs / 1e6).toFixed(6);
  }
}

function readStored(file: string): Workspace | undefined {
  if (!existsSync(file)) return undefined;
  const { version, workspace } = JSON.parse(readFileSync(file, "utf8")) as {
    version?: number;
    workspace: Workspace;
  };
  return version === VERSION ? workspace : undefined;
}
