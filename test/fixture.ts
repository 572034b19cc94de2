import { readFileSync } from "node:fs";

/** The bytes of `test/fixtures/<name>.json`: what a sender sends. */
export function fixtureBytes(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}.json`, import.meta.url));
}

/** What `test/fixtures/<name>.json` says. */
export function fixture(name: string): Record<string, unknown> {
  return JSON.parse(fixtureBytes(name).toString("utf8"));
}
