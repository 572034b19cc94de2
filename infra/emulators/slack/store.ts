import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "./workspace.ts";

/** Version of the file. A file of another version is ignored, and the initial workspace is used. */
const VERSION = 2;

/** The workspace. Each save replaces the file as a whole. */
export class Store {
  readonly workspace: Workspace;
  readonly #file: string | undefined;
  readonly #onSaved: () => void;
  #lastTs = 0;

  /**
   * @param initial the workspace if `dir` contains none
   * @param dir without it, the workspace is in memory only
   * @param onSaved called after each save
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

  /** A unique message timestamp. */
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
