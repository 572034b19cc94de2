import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readViews } from "./definitions.ts";
import { documentedColumns } from "./documented-columns.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "./testing/frozen-warehouse.ts";

const markdown = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");
const documented = documentedColumns(markdown);
const views = (await readViews("infra/bigquery")).map(({ dataset, view }) => ({ dataset, view }));

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

describe("docs/metrics.md", () => {
  it.each(views)(
    "describes exactly the columns of $dataset.$view, in their order",
    async ({ dataset, view }) => {
      const name = `${dataset}.${view}`;
      if (view.endsWith("_deduplicated")) {
        expect(markdown.slice(markdown.indexOf("## Deduplicated tables"))).toContain(`\`${name}\``);
        return;
      }
      const [{ schema }] = await warehouse.bigquery.dataset(dataset).table(view).getMetadata();
      const columns = schema.fields.map((field: { name: string }) => field.name);
      expect([...(documented.get(name)?.keys() ?? [])]).toEqual(columns);
    },
  );

  it("describes existing views only", () => {
    const names = views.map(({ dataset, view }) => `${dataset}.${view}`);
    expect([...documented.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});
