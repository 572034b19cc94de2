import { afterAll, beforeAll, expect, it } from "vitest";
import { primaryKeys } from "../docs/primary-keys.ts";
import { readViews } from "./definitions.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "./testing/frozen-warehouse.ts";
import { exampleMonth, MONTH_END } from "./zetasql/example-month.ts";

const views = (await readViews("infra/bigquery")).filter(({ view }) => !view.endsWith("_deduplicated"));

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse(MONTH_END);
  await warehouse.given(exampleMonth(1));
});
afterAll(() => warehouse.stop());

it.each(views)("a row of $view in $dataset has a primary key of its own", async ({ dataset, view }) => {
  const key = primaryKeys[view];
  expect(key).toBeDefined();
  const columns = key?.join(", ");
  const repeated = `SELECT ${columns} FROM ${dataset}.${view} GROUP BY ${columns} HAVING COUNT(*) > 1`;
  expect(await warehouse.rows(repeated)).toEqual([]);
});
