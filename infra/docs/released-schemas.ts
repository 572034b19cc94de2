import { readdir, readFile } from "node:fs/promises";
import { type Source, sources } from "../../shared/events/event.ts";
import { type JsonSchema, listBreakingChanges } from "./compare-schemas.ts";
import { eventJsonSchema, schemaFiles } from "./event-schemas.ts";

const folder = "docs/events/released/";
const root = new URL("../../", import.meta.url);

/** The schemas of the sources' events, as the next release is compared with them, by path from the repository's root. */
export function releasedSchemaFiles(): Record<string, string> {
  const current = Object.entries(schemaFiles()).filter(([path]) => path.startsWith("docs/events/"));
  return Object.fromEntries(current.map(([path, text]) => [path.replace("docs/events/", folder), text]));
}

/** The breaking changes of each source's events since the last release. A source that is new has none. */
export async function compareWithRelease(): Promise<Record<string, string[]>> {
  const names = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(".schema.json"));
  const compared = names.map(async (name) => {
    const released = JSON.parse(await readFile(new URL(folder + name, root), "utf8")) as JsonSchema;
    const source = name.replace(".schema.json", "") as Source;
    const changes = sources.includes(source)
      ? listBreakingChanges(released, eventJsonSchema(source) as JsonSchema)
      : ["the source is missing"];
    return [source, changes] as const;
  });
  return Object.fromEntries(await Promise.all(compared));
}
