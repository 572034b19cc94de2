import { beforeEach, describe, expect, it } from "vitest";
import { withWarehouse } from "../testing/with-warehouse.ts";

const emulator = withWarehouse();
const query = (sql: string) => emulator.warehouse.query(sql);

beforeEach(async () => {
  await query("CREATE SCHEMA d; CREATE TABLE d.t (n INT64); INSERT INTO d.t VALUES (1), (2)");
  await query("CREATE VIEW d.doubled AS SELECT n, 2 * n AS twice FROM d.t");
  await query("CREATE VIEW d.summed AS SELECT SUM(twice) AS total, COUNT(*) AS numbers FROM d.doubled");
});

async function readRepeatedly(sql: string): Promise<Record<string, unknown>[][]> {
  const results: Record<string, unknown>[][] = [];
  for (let read = 0; read < 5; read++) results.push(await query(sql));
  return results;
}

describe("views that are read repeatedly", () => {
  it.each([
    ["SELECT * FROM d.summed", [{ total: 6, numbers: 2 }]],
    ["SELECT doubled.n FROM d.doubled JOIN d.summed ON twice < total ORDER BY n", [{ n: 1 }, { n: 2 }]],
    [
      "WITH a AS (SELECT * FROM d.summed) SELECT a.total, s.numbers FROM a, d.summed AS s",
      [{ total: 6, numbers: 2 }],
    ],
  ])("%s has the same rows each time", async (sql, rows) => {
    expect(await readRepeatedly(sql)).toEqual(Array(5).fill(rows));
  });

  it.each([
    ["a row is inserted", "INSERT INTO d.t VALUES (10)", { total: 26, numbers: 3 }],
    [
      "a view is replaced",
      "CREATE OR REPLACE VIEW d.doubled AS SELECT n, 10 * n AS twice FROM d.t",
      { total: 30, numbers: 2 },
    ],
    ["rows are deleted", "DELETE FROM d.t WHERE n = 1", { total: 4, numbers: 1 }],
  ])("have other rows after %s", async (_, write, row) => {
    await readRepeatedly("SELECT * FROM d.summed");
    await query(write);
    expect(await readRepeatedly("SELECT * FROM d.summed")).toEqual(Array(5).fill([row]));
  });

  it("keep their rows while other tables change", async () => {
    await query("CREATE TABLE d.other (n INT64)");
    const sql = "SELECT total, (SELECT COUNT(*) FROM d.other) AS others FROM d.summed";
    for (const others of [1, 2, 3, 4, 5]) {
      await query("INSERT INTO d.other VALUES (1)");
      expect(await query(sql)).toEqual([{ total: 6, others }]);
    }
  });

  it("have rows of one moment while rows are inserted", async () => {
    const sql = "SELECT numbers, (SELECT COUNT(*) FROM d.t) AS counted FROM d.summed";
    const reads: Promise<Record<string, unknown>[]>[] = [];
    const writes: Promise<unknown>[] = [];
    for (let turn = 0; turn < 40; turn++) {
      reads.push(query(sql), query(sql));
      if (turn % 4 === 0) writes.push(query("INSERT INTO d.t VALUES (1)"));
      await Promise.race(reads.slice(-2));
    }
    await Promise.all(writes);
    for (const [{ numbers, counted } = {}] of await Promise.all(reads)) expect(numbers).toBe(counted);
  });

  it("follow the clock", async () => {
    await query("CREATE VIEW d.dated AS SELECT n, CURRENT_TIMESTAMP() AS at FROM d.doubled");
    await query("CREATE VIEW d.last AS SELECT MAX(at) AS at FROM d.dated");
    const times = (await readRepeatedly("SELECT at FROM d.last")).map(([row]) => row?.at);
    expect(new Set(times).size).toBe(5);
  });

  it("are computed each time if they are large", async () => {
    await query("CREATE VIEW d.many AS SELECT n, i FROM d.doubled, UNNEST(GENERATE_ARRAY(1, 60000)) AS i");
    expect(await readRepeatedly("SELECT COUNT(*) AS rows_, MAX(i) AS last FROM d.many")).toEqual(
      Array(5).fill([{ rows_: 120_000, last: 60_000 }]),
    );
  });

  it("fail with the error of the view", async () => {
    await query("CREATE VIEW d.failing AS SELECT 1 / (n - 1) AS x FROM d.doubled");
    for (let read = 0; read < 5; read++)
      await expect(query("SELECT MAX(x) FROM d.failing")).rejects.toThrow("division by zero");
  });
});
