import type { Table } from "@google-cloud/bigquery";
import { beforeEach, describe, expect, it } from "vitest";
import { createEvents, SCHEMA } from "../testing/events-fixture.ts";
import { withWarehouse } from "../testing/with-warehouse.ts";

const emulator = withWarehouse();
const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

async function refusalOf(table: Table, row: object): Promise<string | undefined> {
  const error = await table.insert([row], { raw: true }).then(
    () => undefined,
    (thrown: Error & { errors?: { errors?: { message: string }[] }[] }) => thrown,
  );
  return error && (error.errors?.[0]?.errors?.[0]?.message ?? error.message);
}

describe("insertAll refuses", () => {
  let table: Table;
  beforeEach(async () => {
    table = await createEvents(emulator.bigquery);
  });

  it("an insertId of more than 128 characters", async () => {
    expect(await refusalOf(table, { insertId: "i".repeat(129), json: { id: 1 } })).toContain("128");
    expect(await refusalOf(table, { insertId: "i".repeat(128), json: { id: 1 } })).toBeUndefined();
  });

  it("a request of more than 10 MB", async () => {
    const json = { id: 1, entrypointName: "x".repeat(5_000_000) };
    await expect(table.insert([json, json, json])).rejects.toMatchObject({
      code: 400,
      message: "Request payload size exceeds the limit: 10485760 bytes.",
    });
  });

  it("more than 50,000 rows", async () => {
    const rows = Array.from({ length: 50_001 }, () => ({ json: { id: 1 } }));
    await expect(table.insert(rows, { raw: true })).rejects.toMatchObject({
      message: "Too many rows present in the request, limit: 50000 row count: 50001.",
    });
  });

  it.each([
    ["an unpaired surrogate", String.raw`{"a":"\ud83d"}`, "surrogate"],
    ["an unpaired surrogate in a key", String.raw`{"\udc00":1}`, "surrogate"],
    ["NUL", String.raw`{"a":"\u0000"}`, "u0000"],
    ["501 levels", nested(501), "nesting depth"],
  ])("JSON with %s", async (_, payload, message) => {
    expect(await refusalOf(table, { json: { id: 1, payload } })).toContain(message);
  });

  it.each([
    ["a surrogate pair", String.raw`{"a":"\ud83d\ude00"}`],
    ["an escaped backslash before u0000", String.raw`{"a":"\\u0000"}`],
    ["500 levels", nested(500)],
  ])("no JSON with %s", async (_, payload) => {
    expect(await refusalOf(table, { json: { id: 1, payload } })).toBeUndefined();
  });

  it.each(["10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z", 253_402_300_800, -62_135_596_801])(
    "the timestamp %s",
    async (at) => {
      expect(await refusalOf(table, { json: { id: 1, at } })).toContain("timestamp");
    },
  );
});

describe("a table partitioned by day", () => {
  it.each([
    [-1826, "within 1825 days in the past and 366 days in the future"],
    [-1824, undefined],
    [365, undefined],
    [367, "within 1825 days in the past and 366 days in the future"],
  ])("with a partition %i days from now: %s", async (days, refusal) => {
    await emulator.bigquery.createDataset("eng");
    const [table] = await emulator.bigquery
      .dataset("eng")
      .createTable("days", { schema: SCHEMA, timePartitioning: { type: "DAY", field: "at" } });
    const refused = await refusalOf(table, { json: { id: 1, at: daysFromNow(days) } });
    if (refusal === undefined) expect(refused).toBeUndefined();
    else expect(refused).toContain(refusal);
  });
});
