import { readFileSync } from "node:fs";

/**
 * The bytes of `functions/<source>/fixtures/<name>.json`, as the sender of that source would send them.
 *
 * @param path `<source>/<name>`
 * @throws {Error} with code ENOENT when there is no such file
 */
export function fixtureBytes(path: string): Buffer {
  const [source, name] = path.split("/");
  return readFileSync(new URL(`../../functions/${source}/fixtures/${name}.json`, import.meta.url));
}

/** The fixture, parsed. Parameter and errors as of `fixtureBytes`. */
export function fixture(path: string): Record<string, unknown> {
  return JSON.parse(fixtureBytes(path).toString("utf8"));
}
