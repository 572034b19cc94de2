import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** The shell first: without a window's browser around the page, it takes less than half of the CPU. */
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/** Finds Chromium on the PATH, or returns how to install it. */
export function findChromium(): { path: string } | { missing: string } {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => directories.map((directory) => join(directory, name)));
  const path = candidates.find((candidate) => existsSync(candidate));
  return path
    ? { path }
    : { missing: "there is no chromium on the PATH (apt-get install chromium-headless-shell)" };
}

/** Starts Chromium. @throws {Error} if it is not installed */
export async function startChromium(): Promise<Browser> {
  const found = findChromium();
  if ("missing" in found) throw new Error(found.missing);
  return chromium.launch({ executablePath: found.path, args: flags });
}
