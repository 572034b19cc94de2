import { describe, expect, it } from "vitest";
import { createEvents } from "../testing/events-fixture.ts";
import { withWarehouse } from "../testing/with-warehouse.ts";

const emulator = withWarehouse();

describe("streamed rows", () => {
  it("are read back unchanged, timestamps to the microsecond", async () => {
    const table = await createEvents(emulator.bigquery);
    const row = { id: 7, entrypointName: "app", labels: ["a", "b"], actor: { login: 'octo\n"cat' } };
    await table.insert({ ...row, at: "2024-03-05T06:07:08.123456Z", payload: '{"a": [1, null, "x"]}' });
    const [[read]] = await table.getRows();
    const [[queried]] = await emulator.bigquery.query("SELECT *, payload.a[0] AS first FROM eng.events");
    const at = { value: expect.stringMatching(/^2024-03-05T06:07:08\.123456(000)?Z$/) };
    expect(read).toMatchObject({ ...row, at });
    expect(queried).toMatchObject({ ...row, at, first: "1" });
    expect(JSON.parse(read.payload)).toEqual({ a: [1, null, "x"] });
    expect(await emulator.warehouse.query("SELECT at, payload FROM eng.events")).toEqual([
      { at: "2024-03-05T06:07:08.123456Z", payload: { a: [1, null, "x"] } },
    ]);
  });

  it.each([
    [{ id: 1, nope: 1 }, "no such field: nope.", "nope"],
    [{ entrypointName: "x" }, "Missing required field: id.", "id"],
    [{ id: "one" }, "Cannot convert value to integer (bad value): one", "id"],
    [{ id: 1, at: "yesterday" }, "Could not parse 'yesterday' as a timestamp.", "at"],
    [{ id: 1, labels: "a" }, "Repeated field must be an array: labels.", "labels"],
    [
      { id: 1, entrypointName: ["a"] },
      "Array specified for non-repeated field: entrypointName.",
      "entrypointName",
    ],
    [{ id: 1, actor: { email: "x" } }, "no such field: actor.email.", "actor.email"],
    [{ id: 1, payload: "{" }, "cannot parse as JSON", "payload"],
    [{ id: 1, payload: { a: 1 } }, "This field: payload is not a record.", "payload"],
  ])("%j is refused and stops the valid row of the same request", async (bad, message, location) => {
    const table = await createEvents(emulator.bigquery);
    const rows = [{ json: { id: 100 } }, { json: bad }];
    const error = await table.insert(rows, { raw: true }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "PartialFailureError",
      response: {
        insertErrors: [
          { index: 0, errors: [{ reason: "stopped" }] },
          { index: 1, errors: [{ reason: "invalid", location, message: expect.stringContaining(message) }] },
        ],
      },
    });
    expect(await emulator.warehouse.query("SELECT * FROM eng.events")).toEqual([]);
  });

  it("are inserted without skipped rows and ignored fields", async () => {
    const table = await createEvents(emulator.bigquery);
    const rows = [{ id: 1 }, { id: "bad" }, { id: 3, nope: 1 }];
    await expect(
      table.insert(rows, { skipInvalidRows: true, ignoreUnknownValues: true }),
    ).rejects.toMatchObject({
      errors: [{ row: { id: "bad" } }],
    });
    expect(await emulator.warehouse.query("SELECT id FROM eng.events ORDER BY id")).toEqual([
      { id: 1 },
      { id: 3 },
    ]);
  });

  it("are deduplicated by insertId within the window", async () => {
    const row = [{ insertId: "same", json: { id: 1 } }];
    const table = await createEvents(emulator.bigquery);
    for (let times = 0; times < 3; times++) await table.insert(row, { raw: true });
    expect(await emulator.warehouse.query("SELECT COUNT(*) AS c FROM eng.events")).toEqual([{ c: 1 }]);
    await emulator.restart({ deduplicationWindowMs: 0 });
    const undeduplicated = await createEvents(emulator.bigquery);
    for (let times = 0; times < 3; times++) await undeduplicated.insert(row, { raw: true });
    expect(await emulator.warehouse.query("SELECT COUNT(*) AS c FROM eng.events")).toEqual([{ c: 3 }]);
  });

  it("may have 5 MB", async () => {
    const table = await createEvents(emulator.bigquery);
    const text = "é".repeat(2_500_000);
    await table.insert({ id: 1, entrypointName: text });
    const [[row]] = await emulator.bigquery.query("SELECT entrypointName FROM eng.events");
    expect(row.entrypointName === text).toBe(true);
  });

  it("may come from twenty requests at once", async () => {
    const table = await createEvents(emulator.bigquery);
    const batches = Array.from({ length: 20 }, (_, batch) =>
      Array.from({ length: 10 }, (_, index) => ({ id: batch * 10 + index })),
    );
    await Promise.all(batches.map((rows) => table.insert(rows)));
    expect(await emulator.warehouse.query("SELECT COUNT(DISTINCT id) AS c FROM eng.events")).toEqual([
      { c: 200 },
    ]);
  });
});
