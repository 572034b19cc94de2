import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { facts } from "../../../functions/refresh-facts/facts/facts.ts";
import { summaries } from "../../../functions/refresh-facts/facts/summaries.ts";
import { rebuildStatements } from "../../../functions/refresh-facts/plan.ts";
import { PAYLOAD_DAYS } from "../../../shared/bigquery/payload-days.ts";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";
import { exampleMonth, MONTH_END } from "../zetasql/example-month.ts";

const HOUR_MS = 3_600_000;
const month = exampleMonth(1);
const distinct = [...new Map(month.map((row) => [JSON.stringify(row), row])).values()];

let warehouse: FrozenWarehouse;
let tidy: Record<string, string[]>;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse(MONTH_END);
  const inOrder = distinct.toSorted((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
  await warehouse.given(inOrder);
  tidy = await readFacts();
});
afterAll(() => warehouse.stop());

function receiptOf({ row }: TableRow): string {
  return String(row.received_at ?? row.publish_time ?? row.delivered_at);
}

/** Rows of each fact table as sorted text. @param without columns that are left out */
async function readFacts(...without: string[]): Promise<Record<string, string[]>> {
  const tables = [...facts, ...summaries].map(async ({ table }) => {
    const rows = await warehouse.rows(`SELECT * FROM ${table}`);
    const kept = rows.map((row) =>
      JSON.stringify(Object.entries(row).filter(([name]) => !without.includes(name))),
    );
    return [table, kept.sort()] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** A number from 0 up to `limit` that depends on the seed and the text only. */
function draw(seed: number, text: string, limit: number): number {
  return createHash("sha256").update(`${seed} ${text}`).digest().readUInt32BE() % limit;
}

function shuffle<T>(seed: number, items: T[]): T[] {
  return items
    .map((item, index) => ({ item, rank: draw(seed, `${index}`, 2 ** 31) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

describe("facts", () => {
  it("exist for every kind of raw row", () => {
    const empty = Object.entries(tidy).filter(([, rows]) => rows.length === 0);
    expect(empty).toEqual([]);
  });

  it("have one row per key", async () => {
    for (const { table, key } of [...facts, ...summaries]) {
      const keys = await warehouse.rows(`SELECT ${key.join(", ")} FROM ${table}`);
      expect(new Set(keys.map((row) => JSON.stringify(row))).size, table).toBe(keys.length);
    }
  });

  it.each([1, 2, 3, 4])(
    "are the same for any order, any repetition and any split into refreshes (%i)",
    async (seed) => {
      const repeated = distinct.filter((_, index) => draw(seed, `repeat ${index}`, 4) === 0);
      const rows = shuffle(seed, [...distinct, ...repeated]);
      const refreshes = seed * 2;
      await warehouse.given([]);
      for (let refresh = 0; refresh < refreshes; refresh++) {
        const received = rows.filter((_, index) => draw(seed, `split ${index}`, refreshes) === refresh);
        await warehouse.add(received);
      }
      expect(await readFacts()).toEqual(tidy);
    },
  );

  it("are the same if a sender delivers an event again, except for the event that they name", async () => {
    await warehouse.given(distinct);
    const once = await readFacts("received_at", "event_id");
    const again = distinct
      // A version of an incident has the time of its change, whenever it is written.
      .filter(({ table, row }) => row.received_at !== undefined && table !== "incident_states")
      .filter((_, index) => draw(1, `again ${index}`, 3) === 0)
      .map((row) => ({
        ...row,
        row: {
          ...row.row,
          received_at: new Date(Date.parse(receiptOf(row)) + 30 * HOUR_MS).toISOString(),
        },
      }));
    await warehouse.add(again);
    expect(await readFacts("received_at", "event_id")).toEqual(once);
  });

  it("are the same after a rebuild, which removes facts without a raw row", async () => {
    await warehouse.given(shuffle(1, month));
    await warehouse.bigquery.query(
      "UPDATE product_eng.pull_request_facts SET title = 'outdated', number = number + 1000 WHERE number < 9",
    );
    for (const { sql } of rebuildStatements(facts, MONTH_END, summaries)) await warehouse.bigquery.query(sql);
    expect(await readFacts()).toEqual(tidy);
  });

  it("keep what came from payloads that are deleted by now in a rebuild", async () => {
    await warehouse.given(distinct);
    await warehouse.bigquery.query("UPDATE product_eng.events SET payload = NULL WHERE TRUE");
    const later = new Date(Date.parse(MONTH_END) + PAYLOAD_DAYS * 24 * HOUR_MS).toISOString();
    for (const { sql } of rebuildStatements(facts, later, summaries)) await warehouse.bigquery.query(sql);
    expect(await readFacts()).toEqual(tidy);
  });
});
