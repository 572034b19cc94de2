import { BigQuery } from "@google-cloud/bigquery";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { dropPayloads } from "../../functions/drop-payloads/drop-payloads.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

const DAY_MS = 24 * 60 * 60_000;
const now = new Date();
let suite: TestSuite;
let bigquery: BigQuery;
beforeAll(async () => {
  suite = await startTestSuite();
  bigquery = new BigQuery({ projectId: "local" });
});
afterAll(() => suite.stop());
beforeEach(() => suite.local.query("DELETE FROM product_eng.events WHERE TRUE", { allowChanges: true }));

const run = (hasTime = () => true) => dropPayloads(bigquery, { dataset: "product_eng", now, hasTime });
const store = (ages: number[]) =>
  bigquery
    .dataset("product_eng")
    .table("events")
    .insert(
      ages.map((age, index) => {
        const receivedAt = new Date(now.getTime() - age * DAY_MS).toISOString();
        return {
          event_id: `${age}-${index}`,
          received_at: receivedAt,
          source: "github",
          type: "github.push",
          time: receivedAt,
          event: '{"id": "x"}',
          payload: '{"secret": "a"}',
        };
      }),
    );
const left = async () =>
  (
    await suite.local.query<{ event_id: string }>(
      "SELECT event_id FROM product_eng.events WHERE payload IS NOT NULL ORDER BY event_id",
    )
  ).map(({ event_id }) => event_id);
const total = async () => (await suite.local.query("SELECT COUNT(*) AS n FROM product_eng.events"))[0]?.n;

it("payloads go after 180 days, and the normalized event stays", async () => {
  await store([0, 179, 181, 181, 400]);
  expect(await suite.local.runSchedule("drop-payloads")).toEqual({ dropped: 3, days: 2, complete: true });
  expect(await left()).toEqual(["0-0", "179-1"]);
  expect(await total()).toBe(5);
  expect(await run()).toEqual({ dropped: 0, days: 0, complete: true });
});

it("a run whose time is up leaves the rest to the next run", async () => {
  await store([182, 183, 184]);
  let days = 0;
  expect(await run(() => days++ < 1)).toEqual({ dropped: 1, days: 1, complete: false });
  expect(await left()).toEqual(["182-0", "183-1"]);
  expect(await run()).toMatchObject({ dropped: 2, complete: true });
  expect(await left()).toEqual([]);
});

/** The client of a function that is killed before or after its nth query, or whose queries fail from the nth on. */
function failingAt(step: number, how: "killed before" | "killed after" | "without BigQuery from"): BigQuery {
  let steps = 0;
  return new Proxy(bigquery, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== "query") return typeof value === "function" ? value.bind(target) : value;
      return async (...args: Parameters<BigQuery["query"]>) => {
        steps++;
        if (steps === step && how === "killed before") throw new Error("killed");
        if (steps >= step && how === "without BigQuery from") throw new Error("connect ECONNREFUSED");
        const result = await target.query(...args);
        if (steps === step) throw new Error("killed");
        return result;
      };
    },
  });
}

// The query for the days, and the statements for two of them.
it.each(
  [1, 2, 3].flatMap((step) =>
    (["killed before", "killed after", "without BigQuery from"] as const).map((how) => [how, step] as const),
  ),
)("a run %s request %i fails, changes nothing else, and the next run completes it", async (how, step) => {
  await store([10, 200, 201, 201]);
  const options = { dataset: "product_eng", now, hasTime: () => true };
  await expect(dropPayloads(failingAt(step, how), options)).rejects.toThrow(/killed|ECONNREFUSED/);
  expect(await left()).toContain("10-0");
  expect(await run()).toMatchObject({ complete: true });
  expect(await left()).toEqual(["10-0"]);
  expect(await total()).toBe(4);
});

it("an outage of BigQuery fails the run, and the first one after it works", async () => {
  await store([200]);
  // Nothing listens there.
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", "http://127.0.0.1:9/bigquery/v2");
  const unreachable = new BigQuery({ projectId: "local", autoRetry: false });
  vi.unstubAllEnvs();
  const options = { dataset: "product_eng", now, hasTime: () => true };
  for (let hour = 0; hour < 2; hour++)
    await expect(dropPayloads(unreachable, options)).rejects.toThrow("ECONNREFUSED");
  expect(await left()).toEqual(["200-0"]);
  expect(await run()).toMatchObject({ dropped: 1 });
  expect(await left()).toEqual([]);
});

it("two runs at once leave no payload and no error", async () => {
  await store([200, 201, 202]);
  const runs = await Promise.all([run(), run()]);
  expect(runs.every(({ complete }) => complete)).toBe(true);
  expect(await left()).toEqual([]);
  expect(await total()).toBe(3);
});
