import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { facts } from "../../../functions/refresh-facts/facts/facts.ts";
import { summaries } from "../../../functions/refresh-facts/facts/summaries.ts";
import { QueryRunner } from "../../../functions/refresh-facts/query-runner.ts";
import { refreshFacts } from "../../../functions/refresh-facts/refresh.ts";
import { readConfig } from "../../../shared/config.ts";
import { database } from "../../../shared/database/database.ts";
import { factRefreshes } from "../../../shared/database/schema.ts";
import { withDatabase } from "../../../test/support/with-database.ts";
import { checkRunRows, exampleRun, pullRequestEventRows, pushRows } from "../testing/example-github-rows.ts";
import { deployRows, endedDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

withDatabase();

const NOW = new Date("2025-03-12T12:00:00Z");
const deploy = endedDeploy(1, "s1", "2025-03-03T12:00:00Z");
const pull = {
  number: 7,
  opened: "2025-03-02T09:00:00Z",
  received: "2025-03-02T09:00:00Z",
  mergeCommit: "m7",
};
const merged = { ...pull, merged: "2025-03-03T09:00:00Z", received: "2025-03-03T09:00:00Z" };
const rows = [
  ...pullRequestEventRows(pull),
  ...pullRequestEventRows(merged),
  ...pushRows({ branch: "master", commits: ["2025-03-02T08:00:00Z"], received: "2025-03-03T09:00:00Z" }),
  ...checkRunRows({ ...exampleRun, status: "queued", completed: null, started: "2025-03-03T09:59:00Z" }),
  ...checkRunRows(exampleRun),
  ...deployRows(deploy),
  ...shipmentRows(deploy, { 7: "m7" }),
];

let warehouse: FrozenWarehouse;
let runner: QueryRunner;
let tidy: string;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse(NOW.toISOString());
  runner = new QueryRunner(readConfig({}).bigquery);
  await warehouse.given(rows);
  tidy = await readFacts();
});
beforeEach(async () => {
  await warehouse.given(rows);
  await emptyFacts();
  await database().delete(factRefreshes);
});
afterAll(() => warehouse.stop());

async function readFacts(): Promise<string> {
  const tables = [...facts, ...summaries].map(async ({ table }) =>
    (await warehouse.rows(`SELECT * FROM ${table}`)).map(toText),
  );
  return JSON.stringify((await Promise.all(tables)).map((lines) => lines.sort()));
}

function toText(row: Record<string, unknown>): string {
  return JSON.stringify(row);
}

async function emptyFacts() {
  await warehouse.bigquery.query(
    [...facts, ...summaries].map(({ table }) => `DELETE FROM ${table} WHERE TRUE;`).join("\n"),
  );
}

const run = (options: { now?: Date; rebuild?: boolean; hasTime?: () => boolean } = {}) =>
  refreshFacts(runner, { now: NOW, hasTime: () => true, ...options });

/** A runner whose function is killed before or after its nth request to BigQuery. */
function killedAt(step: number, when: "before" | "after") {
  let steps = 0;
  const killable = async <T>(work: () => Promise<T>): Promise<T> => {
    const isLast = ++steps === step;
    if (isLast && when === "before") throw new Error("killed");
    const result = await work();
    if (isLast) throw new Error("killed");
    return result;
  };
  return {
    query: (sql: string) => killable(() => runner.query(sql)),
    runOnce: (statement: Parameters<QueryRunner["runOnce"]>[0]) => killable(() => runner.runOnce(statement)),
    steps: () => steps,
  };
}

describe("refreshFacts", () => {
  it("merges what was received, and reads nothing of it again later", async () => {
    const summary = await run();
    expect(summary).toMatchObject({ kind: "refresh", complete: true });
    expect(summary.statements).toContain("product_eng_check_run_facts_derived");
    expect(await readFacts()).toBe(tidy);
    await emptyFacts();
    expect(await run({ now: new Date("2025-03-12T12:10:00Z") })).toMatchObject({ statements: [] });
  });

  it("merges a row that arrives after its time, and an hour with late rows", async () => {
    await run();
    const later = { ...merged, title: "Renamed", updated: "2025-03-12T11:50:00Z", id: "later" };
    await warehouse.insert([
      ...pullRequestEventRows({ ...later, received: "2025-03-12T11:50:00Z" }),
      ...pushRows({
        branch: "fix",
        commits: ["2025-02-20T08:00:00Z"],
        received: "2025-02-20T09:30:00Z",
        id: "replayed",
      }),
      {
        dataset: "product_eng",
        table: "late_rows",
        insertId: "late",
        row: {
          table: "product_eng.events",
          received_hour: "2025-02-20T09:00:00Z",
          written_at: "2025-03-12T12:05:00Z",
        },
      },
    ]);
    await run({ now: new Date("2025-03-12T12:10:00Z") });
    expect(await warehouse.rows("SELECT title FROM product_eng.pull_request_facts")).toEqual([
      { title: "Renamed" },
    ]);
    expect(
      await warehouse.rows("SELECT COUNT(*) AS commits FROM product_eng.commit_facts WHERE branch = 'fix'"),
    ).toEqual([{ commits: 1 }]);
  });

  it("gives the same facts after it was killed before or after any request", async () => {
    const whole = killedAt(0, "after");
    await refreshFacts(whole, { now: NOW, hasTime: () => true });
    for (let step = 1; step <= whole.steps(); step++)
      for (const when of ["before", "after"] as const) {
        await emptyFacts();
        await database().delete(factRefreshes);
        const options = { now: NOW, hasTime: () => true };
        await expect(refreshFacts(killedAt(step, when), options)).rejects.toThrow("killed");
        expect(await run({ now: new Date("2025-03-12T12:10:00Z") })).toMatchObject({ complete: true });
        expect(await readFacts(), `killed ${when} ${step}`).toBe(tidy);
      }
  });

  it("starts each statement once if two runs work at once", async () => {
    const before = (await warehouse.bigquery.getJobs())[0].length;
    const summaries = await Promise.all([run(), run()]);
    const started = (await warehouse.bigquery.getJobs())[0].length - before;
    const statements = Math.max(...summaries.map((each) => each.statements.length));
    // Each run asks what has changed.
    expect(started).toBeLessThanOrEqual(statements + 2 * 5);
    expect(await readFacts()).toBe(tidy);
  });

  it("continues in the next run if the time is up", async () => {
    let statements = 3;
    expect(await run({ hasTime: () => statements-- > 0 })).toMatchObject({ complete: false });
    expect(await run()).toMatchObject({ complete: true });
    expect(await readFacts()).toBe(tidy);
  });

  it("tries a failed statement again under another id, also in later runs", async () => {
    await warehouse.bigquery.dataset("product_eng").table("deploy_facts").delete();
    for (let attempt = 0; attempt < 2; attempt++) await expect(run()).rejects.toThrow("deploy_facts");
    const [{ current } = { current: null }] = await database().select().from(factRefreshes);
    expect(current).toMatchObject({ failed: { product_eng_deploy_facts: 6 } });
    await warehouse.createTables();
    expect(await run()).toMatchObject({ complete: true });
    expect(await readFacts()).toBe(tidy);
  });

  it("replaces outdated facts in a rebuild, after the refresh in progress", async () => {
    let statements = 3;
    await run({ hasTime: () => statements-- > 0 });
    await warehouse.bigquery.query("UPDATE product_eng.pull_request_facts SET title = 'outdated' WHERE TRUE");
    expect(await run({ rebuild: true })).toMatchObject({ kind: "rebuild", complete: true });
    expect(await readFacts()).toBe(tidy);
  });
});
