import { readFileSync } from "node:fs";

/**
 * Reads the bytes of `functions/<source>/fixtures/<name>.json`, a recorded payload of that source.
 *
 * @param path `<source>/<name>`
 * @throws {Error} with code ENOENT if the file does not exist
 */
export function fixtureBytes(path: string): Buffer {
  const [source, name] = path.split("/");
  return readFileSync(new URL(`../../functions/${source}/fixtures/${name}.json`, import.meta.url));
}

/** Reads a fixture and parses it; parameter and errors as for `fixtureBytes`. */
export function fixture(path: string): Record<string, unknown> {
  return JSON.parse(fixtureBytes(path).toString("utf8"));
}
