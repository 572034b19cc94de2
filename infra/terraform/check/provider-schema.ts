import { readFileSync } from "node:fs";
import { z } from "zod";

/** Terraform's JSON form of a type: "string", ["list", "string"], ["list", ["object", {…}]] … */
const type: z.ZodType<unknown> = z.union([z.string(), z.array(z.unknown())]);

const block = z.object({
  attributes: z.record(
    z.string(),
    z.object({
      type,
      required: z.boolean().optional(),
      optional: z.boolean().optional(),
      computed: z.boolean().optional(),
    }),
  ),
  get blocks() {
    return z.record(z.string(), nestedBlock).optional();
  },
});

const nestedBlock = block.extend({
  nesting: z.enum(["single", "list"]),
  min: z.int().optional(),
  max: z.int().optional(),
});

const providerSchema = z.object({
  provider: z.string(),
  version: z.string(),
  config: block,
  resources: z.record(z.string(), block),
  dataSources: z.record(z.string(), block),
});

/** Arguments and computed attributes of a resource. */
export type Block = z.infer<typeof block>;
export type ProviderSchema = z.infer<typeof providerSchema>;

/** Reads the schema that `extract-schema.mjs` extracted. */
export function readProviderSchema(): ProviderSchema {
  return providerSchema.parse(
    JSON.parse(readFileSync(new URL("provider-schema.json", import.meta.url), "utf8")),
  );
}
