import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** Where Chromium is, by PATH; or what to do to have it. */
export function findChromium(): { path: string } | { missing: string } {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const candidates = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  const path = candidates.find((candidate) => existsSync(candidate));
  return path ? { path } : { missing: "there is no chromium in PATH (apt-get install chromium)" };
}
