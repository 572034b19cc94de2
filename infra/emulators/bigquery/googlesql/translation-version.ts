import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../", import.meta.url);
const lockFile = new URL("../../../../package-lock.json", import.meta.url);

/** Hashes the emulator's code and the lock file: a change of either one may change the translation of a view. */
export function computeTranslationVersion(): string {
  const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
    .map((name) => new URL(name, folder));
  const hash = createHash("sha256");
  for (const file of [...code, lockFile]) hash.update(readFileSync(file));
  return hash.digest("hex");
}
