import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { computeTranslationVersion } from "./translation-version.ts";

/** About 10 MB. The project has some 300 statements; people and tests write others. */
const MAX_FILES = 5000;
/** Folders of other versions of the translator are deleted after this time. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Translations in files of the user's temporary folder. Every process needs those of the project's views, and a process that translates
 * nothing saves seconds of compiling the translator's WebAssembly. A file is valid for one version of the translator. Without a folder
 * to write to, each process translates by itself.
 */
export class TranslationStore {
  #folder: string | undefined;
  #files = 0;

  /** @returns undefined if this version has not stored the statement */
  read(statement: string): unknown {
    try {
      return JSON.parse(readFileSync(this.#fileOf(statement), "utf8"));
    } catch {
      return undefined;
    }
  }

  write(statement: string, translation: unknown): void {
    try {
      const file = this.#fileOf(statement);
      if (this.#files >= MAX_FILES) return;
      this.#files++;
      // Another process must not read half a file.
      const draft = `${file}.${randomUUID()}`;
      writeFileSync(draft, JSON.stringify(translation));
      renameSync(draft, file);
    } catch {
      // Each process can translate by itself.
    }
  }

  #fileOf(statement: string): string {
    this.#folder ??= this.#openFolder();
    return join(this.#folder, `${createHash("sha256").update(statement).digest("hex")}.json`);
  }

  #openFolder(): string {
    const all = join(tmpdir(), `bigquery-emulator-${userInfo().uid}`);
    const folder = join(all, computeTranslationVersion().slice(0, 16));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#files = readdirSync(folder).length;
    for (const name of readdirSync(all)) {
      const other = join(all, name);
      if (other !== folder && Date.now() - statSync(other).mtimeMs > KEPT_MS)
        rmSync(other, { recursive: true, force: true });
    }
    return folder;
  }
}
