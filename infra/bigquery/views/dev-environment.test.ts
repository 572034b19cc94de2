import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootstrapRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

const start = (received: string, name = "mira") => bootstrapRows({ step: "start", name, received });
const end = (received: string, name = "mira") => bootstrapRows({ step: "end", name, received });

describe("bootstraps", () => {
  it.each<[what: string, rows: ReturnType<typeof start>[], expected: unknown[][]]>([
    // status, seconds
    [
      "a set-up that ends has a duration",
      [start("2025-03-03T10:00:00Z"), end("2025-03-03T10:10:00Z")],
      [["ended", 600]],
    ],
    [
      "the order and repetition of reports do not matter",
      [end("2025-03-03T10:10:00Z"), start("2025-03-03T10:00:00Z"), end("2025-03-03T10:10:00Z")],
      [["ended", 600]],
    ],
    [
      "a set-up that starts again before its end never ended",
      [start("2025-03-03T10:00:00Z"), start("2025-03-03T11:00:00Z"), end("2025-03-03T11:05:00Z")],
      [
        ["never_ended", null],
        ["ended", 300],
      ],
    ],
    [
      "a set-up without a report for a day never ended",
      [start("2025-03-09T11:59:59Z")],
      [["never_ended", null]],
    ],
    [
      "a set-up that started less than a day ago is running",
      [start("2025-03-09T12:00:00Z")],
      [["running", null]],
    ],
    [
      "another person's end does not end a set-up",
      [start("2025-03-03T10:00:00Z"), end("2025-03-03T10:10:00Z", "lena")],
      [["never_ended", null]],
    ],
    ["an end without a start has no row", [end("2025-03-03T10:10:00Z")], []],
    [
      "the first end counts",
      [start("2025-03-03T10:00:00Z"), end("2025-03-03T10:10:00Z"), end("2025-03-03T10:20:00Z")],
      [["ended", 600]],
    ],
    [
      "the change to daylight saving does not change the duration",
      [start("2025-03-09T09:30:00Z"), end("2025-03-09T10:30:00Z")],
      [["ended", 3600]],
    ],
  ])("%s", async (_, rows, expected) => {
    await warehouse.given(...rows);
    const found = await warehouse.rows(
      "SELECT status, duration_seconds FROM product_eng.bootstraps ORDER BY started_at",
    );
    expect(found.map((row) => Object.values(row))).toEqual(expected);
  });
});

describe("bootstraps_by_day", () => {
  it("a row counts the set-ups of the UTC day of their start; days without one have no row", async () => {
    await warehouse.given(
      start("2025-03-03T23:59:00Z", "a"),
      end("2025-03-04T00:09:00Z", "a"),
      start("2025-03-03T10:00:00Z", "b"),
      end("2025-03-03T10:20:00Z", "b"),
      start("2025-03-03T10:00:00Z", "c"),
      start("2025-03-10T11:00:00Z", "d"),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.bootstraps_by_day ORDER BY day")).toEqual([
      {
        day: "2025-03-03",
        started: 3,
        ended: 2,
        never_ended: 1,
        running: 0,
        duration_seconds_p50: 900,
        duration_seconds_p90: 1140,
      },
      {
        day: "2025-03-10",
        started: 1,
        ended: 0,
        never_ended: 0,
        running: 1,
        duration_seconds_p50: null,
        duration_seconds_p90: null,
      },
    ]);
  });
});
