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

it("a run that ends or dies after a day leaves the rest to the next run", async () => {
  await store([182, 183, 184]);
  let days = 0;
  expect(await run(() => days++ < 1)).toEqual({ dropped: 1, days: 1, complete: false });
  expect(await left()).toEqual(["182-0", "183-1"]);
  const dies = run(() => {
    if (days++ < 3) return true;
    throw new Error("the instance is gone");
  });
  await expect(dies).rejects.toThrow("the instance is gone");
  expect(await left()).toEqual(["182-0"]);
  expect(await run()).toMatchObject({ dropped: 1, complete: true });
  expect(await left()).toEqual([]);
});

it("a warehouse that does not respond fails the run, and the next one works", async () => {
  await store([200]);
  // Nothing listens there.
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", "http://127.0.0.1:9/bigquery/v2");
  const unreachable = new BigQuery({ projectId: "local", autoRetry: false });
  vi.unstubAllEnvs();
  await expect(
    dropPayloads(unreachable, { dataset: "product_eng", now, hasTime: () => true }),
  ).rejects.toThrow();
  expect(await run()).toMatchObject({ dropped: 1 });
});

it("two runs at once leave no payload and no error", async () => {
  await store([200, 201, 202]);
  const runs = await Promise.all([run(), run()]);
  expect(runs.every(({ complete }) => complete)).toBe(true);
  expect(await left()).toEqual([]);
  expect(await total()).toBe(3);
});
