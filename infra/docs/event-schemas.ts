import { z } from "zod";
import { eventSchemas, getDataschema, type Source, sources } from "../../shared/events/event.ts";
import { manifest } from "../manifests/manifest.ts";

/** Events may gain fields at any time: a validator must accept unknown fields. */
const additive = { io: "input" } as const;

/** The JSON Schema (draft 2020-12) of a source's events. */
export function eventJsonSchema(source: Source): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(eventSchemas[source], additive);
  return { $schema, $id: getDataschema(source), title: `An event of ${source}`, ...schema };
}

/** Files with the JSON Schemas, by path from the repository's root. */
export function schemaFiles(): Record<string, string> {
  const files = sources.map((source) => [`docs/events/${source}.schema.json`, json(eventJsonSchema(source))]);
  return {
    ...Object.fromEntries(files),
    "infra/manifests/function.schema.json": json({
      title: "functions/<name>/function.json",
      ...z.toJSONSchema(manifest, { io: "input" }),
    }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
