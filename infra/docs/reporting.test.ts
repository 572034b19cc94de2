import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { vocabulary } from "../../functions/report/vocabulary.ts";

const page = readFileSync(new URL("../../docs/reporting.md", import.meta.url), "utf8");

/** Fields of an object, and of the objects of a union or an array. */
function listFields(schema: z.core.JSONSchema.BaseSchema): { name: string; required: boolean }[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])];
  const own = Object.keys(schema.properties ?? {}).map((name) => ({
    name,
    required: schema.required?.includes(name) ?? false,
  }));
  return [...own, ...inner.flatMap((each) => listFields(each as z.core.JSONSchema.BaseSchema))];
}

it.each(Object.entries(vocabulary))("docs/reporting.md describes every field of %s", (type, schema) => {
  const section = page.split(`### ${type}\n`)[1]?.split(/^##/m)[0] ?? "";
  const described = [...section.matchAll(/^\| (`.*?`) \| (Required)?/gm)].flatMap(
    ([, names = "", required]) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => ({ name, required: required !== undefined })),
  );
  const fields = listFields(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  const unique = [...new Map(fields.map((field) => [field.name, field])).values()];
  const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
    String(a.name) < String(b.name) ? -1 : 1;
  expect(described.sort(byName)).toEqual(unique.sort(byName));
});
