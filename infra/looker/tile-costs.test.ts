import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { queryCosts } from "../costs/queries-table.ts";

it("each tile reads less than 1 GiB over 28 days at a million events a day, but for the comparison of bundles", async () => {
  const { one_million } = await queryCosts(fileURLToPath(new URL(".", import.meta.url)));
  const large = one_million.dashboards.filter(({ largest }) => largest >= 1);
  // Its base build may be of any age: see docs/setup.md.
  expect(large.map(({ title }) => title)).toEqual(["Bundles"]);
  expect(large[0]?.largest).toBeLessThan(1.5);
}, 120_000);
