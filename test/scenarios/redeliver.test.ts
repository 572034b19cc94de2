import { randomUUID } from "node:crypto";
import { BigQuery } from "@google-cloud/bigquery";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { appLog, hookLogs } from "../../functions/redeliver/delivery-log.ts";
import { findHeldEvents } from "../../functions/redeliver/find-held.ts";
import { type RedeliverOptions, redeliver } from "../../functions/redeliver/redeliver.ts";
import { addDelivery } from "../../infra/emulators/github/deliveries/delivery-log.ts";
import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { database } from "../../shared/database/database.ts";
import { deliveryLogReads, redeliveries } from "../../shared/database/schema.ts";
import { appClient, type GitHubClient, installationClient } from "../../shared/github/installation-client.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { type DeploySuite, startDeploySuite } from "../support/deploy-suite.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
let suite: DeploySuite;
beforeAll(async () => {
  suite = await startDeploySuite();
});
afterAll(() => suite.stop());
beforeEach(async () => {
  suite.github.faults.clear();
  deliveries().length = 0;
  await database().delete(redeliveries);
  await database().delete(deliveryLogReads);
});

const payload = fixture("github/check-run-failed");
const deliveries = () => {
  suite.github.state.hookDeliveries ??= [];
  return suite.github.state.hookDeliveries;
};
const run = () => suite.local.runSchedule("redeliver");
const options = (changes: Partial<RedeliverOptions> = {}): RedeliverOptions => ({
  now: new Date(),
  hasTime: () => true,
  writer: new RowWriter(),
  findHeld: (guids) => findHeldEvents(new BigQuery({ projectId: "local" }), "product_eng", guids),
  dataset: "product_eng",
  ...changes,
});
/** Runs the function `after` milliseconds from now. */
const runLater = async (after: number, hasTime = () => true) =>
  redeliver([appLog(await appClient())], options({ now: new Date(Date.now() + after), hasTime }));
const runAs = (github: GitHubClient) => redeliver([appLog(github)], options());

async function place(delivery: { status_code?: number; guid?: string } = {}): Promise<string> {
  const response = await fetch(`${suite.url}/_local/github/deliveries`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ event: "check_run", payload, status_code: 503, ...delivery }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { guid: string }).guid;
}

async function arrivals(guid: string): Promise<number> {
  await suite.settled();
  return suite.deliveryLog.history(guid).deliveries.length;
}

async function rowsOf(guid: string) {
  const sql = `SELECT event_id FROM product_eng.events_deduplicated WHERE event_id = '${guid}'`;
  return suite.local.query(sql);
}

const stateOf = async (guid: string) =>
  (await database().select().from(redeliveries).where(eq(redeliveries.guid, guid)))[0];

describe("a delivery that failed", () => {
  it("is delivered again, arrives once, and the next run sees that it recovered", async () => {
    const guid = await place();
    expect(await arrivals(guid)).toBe(0);
    expect(await run()).toMatchObject({ read: 1, failed: 1, requested: 1, recovered: 0, complete: true });
    expect(await arrivals(guid)).toBe(1);
    expect(await rowsOf(guid)).toEqual([{ event_id: guid }]);
    expect(await run()).toMatchObject({ failed: 0, requested: 0, recovered: 1 });
    expect(await runLater(HOUR_MS)).toMatchObject({ failed: 0, requested: 0, recovered: 0 });
    expect(await arrivals(guid)).toBe(1);
    expect(await stateOf(guid)).toMatchObject({ event: "check_run", requested: 1, gaveUpAt: null });
    expect((await stateOf(guid))?.recoveredAt).toBeInstanceOf(Date);
  });

  it("is left alone if another attempt at it got a 2xx", async () => {
    const guid = await place();
    await place({ guid, status_code: 202 });
    const accepted = await place({ status_code: 200 });
    expect(await run()).toMatchObject({ read: 3, failed: 0, requested: 0 });
    expect([await arrivals(guid), await arrivals(accepted)]).toEqual([0, 0]);
  });

  it("again and again is asked for at growing intervals, and given up after three days with one error", async () => {
    const guid = await place();
    suite.github.faults.add({ path: "/attempts", kind: "status", status: 422 });
    expect(await runLater(0)).toMatchObject({ failed: 1, requested: 0 });
    const askedAfter = async (minutes: number) => {
      await runLater(minutes * MINUTE_MS);
      return (await stateOf(guid))?.requested;
    };
    expect([await askedAfter(4), await askedAfter(5), await askedAfter(14), await askedAfter(15.1)]).toEqual([
      1, 2, 2, 3,
    ]);
    expect(await runLater(59 * MINUTE_MS)).toMatchObject({ overdue: 0 });
    expect(await runLater(61 * MINUTE_MS)).toMatchObject({ overdue: 1 });
    await place({ guid });
    await runLater(62 * MINUTE_MS);
    expect((await stateOf(guid))?.deliveryId).toBe(String(deliveries().at(-1)?.id));

    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((line) => lines.push(String(line)) > 0);
    vi.stubEnv("LOG_LEVEL", "ERROR");
    const twice = await Promise.all([runLater(72.1 * HOUR_MS), runLater(72.1 * HOUR_MS)]);
    const later = await runLater(80 * HOUR_MS);
    write.mockRestore();
    vi.unstubAllEnvs();
    expect(twice[0].gaveUp + twice[1].gaveUp).toBe(1);
    expect(later).toMatchObject({ gaveUp: 0, requested: 0 });
    expect(lines.filter((line) => line.includes(guid))).toHaveLength(1);
    expect(JSON.parse(lines.find((line) => line.includes(guid)) ?? "")).toMatchObject({
      severity: "ERROR",
      outcome: "lost",
      event: guid,
    });
  });
});

describe("a run that dies", () => {
  it.each([
    ["before it has read the log", { path: "/app/hook/deliveries", kind: "drop" }],
    ["between two pages", { path: "/app/hook/deliveries", kind: "drop", second: true }],
    ["before it asks for the attempt", { path: "/attempts", kind: "drop" }],
    ["at a rate limit", { path: "/attempts", kind: "status", status: 429 }],
  ] as const)("%s loses nothing: the next run continues", async (_, { path, kind, ...more }) => {
    const guid = await place();
    if ("second" in more)
      for (let number = 0; number < 150; number++)
        addDelivery(deliveries(), { event: "push", payload: {}, statusCode: 202 });
    const fail = () =>
      suite.github.faults.add({ path, kind, ...("status" in more && { status: more.status }) });
    if ("second" in more) {
      const github = await appClient();
      github.hook.after("request", fail);
      await expect(runAs(github)).rejects.toThrow();
    } else {
      fail();
      await expect(run()).rejects.toThrow("500 redeliver failed");
    }
    suite.github.faults.clear();
    expect(await arrivals(guid)).toBe(0);
    await runLater(6 * MINUTE_MS);
    expect(await arrivals(guid)).toBe(1);
    expect(await runLater(7 * MINUTE_MS)).toMatchObject({ recovered: 1, requested: 0 });
    expect(await arrivals(guid)).toBe(1);
  });

  it("after GitHub has delivered again, before it knows, does not ask a second time", async () => {
    const guid = await place();
    const github = await appClient();
    github.hook.after("request", (_response, { url }) => {
      if (url.endsWith("/attempts")) throw new Error("the instance is gone");
    });
    const dies = runAs(github);
    await expect(dies).rejects.toThrow("the instance is gone");
    expect(await runLater(6 * MINUTE_MS)).toMatchObject({ recovered: 1, requested: 0 });
    expect(await arrivals(guid)).toBe(1);
  });

  it.each<[string, (die: () => Promise<never>) => Partial<RedeliverOptions>, number]>([
    ["before it knows what the warehouse holds", (die) => ({ findHeld: die }), 0],
    ["before it writes what it read", (die) => ({ writer: { write: die } }), 1],
    [
      "after it has written what it read, before it notes how far",
      (die) => ({
        writer: {
          async write(rows) {
            await new RowWriter().write(rows);
            await die();
          },
        },
      }),
      1,
    ],
  ])("%s loses nothing, and nothing counts twice", async (_, dyingAt, arrived) => {
    const guid = await place();
    const logs = [appLog(await appClient())];
    await new Promise<void>((died) => {
      // Nothing happens in the process any more.
      const die = () => {
        died();
        return new Promise<never>(() => {});
      };
      void redeliver(logs, options(dyingAt(die)));
    });
    expect(await arrivals(guid)).toBe(arrived);
    await runLater(6 * MINUTE_MS);
    expect(await arrivals(guid)).toBe(1);
    await runLater(7 * MINUTE_MS);
    expect(await arrivals(guid)).toBe(1);
    expect(await gapOf(guid)).toMatchObject({ attempts: 2, redeliveries: 1 });
  });

  it("for lack of time keeps what it found, and reads the log again", async () => {
    const guid = await place();
    for (let number = 0; number < 150; number++)
      addDelivery(deliveries(), { event: "push", payload: {}, statusCode: 202 });
    expect(await runLater(0, () => false)).toMatchObject({ read: 100, requested: 0, complete: false });
    expect(await run()).toMatchObject({ read: 151, failed: 1, requested: 1, complete: true });
    expect(await arrivals(guid)).toBe(1);
    expect(await database().select().from(deliveryLogReads)).toHaveLength(1);
  });
});

const gapOf = async (guid: string) => {
  await suite.local.runSchedule("refresh-facts");
  const [gap] = await suite.local.query(
    `SELECT event, repository, attempts, redeliveries, how, recovered_at >= first_failed_at AS in_order
       FROM product_eng.delivery_gaps WHERE guid = '${guid}'`,
  );
  return gap;
};

describe("the warehouse", () => {
  it("has the gap of a delivery that failed, and how it was closed", async () => {
    const guid = await place();
    const other = await place({ status_code: 202 });
    await run();
    await suite.settled();
    await run();
    await run();
    expect(await gapOf(guid)).toEqual({
      event: "check_run",
      repository: "getsentry/getsentry",
      attempts: 2,
      redeliveries: 1,
      how: "redelivered",
      in_order: true,
    });
    expect(await gapOf(other)).toBeUndefined();
    const [day] = await suite.local.query(
      `SELECT COUNT(*) AS sent, COUNTIF(held_at IS NULL) AS missing
       FROM product_eng.github_deliveries WHERE guid IN ('${guid}', '${other}')`,
    );
    // GitHub's log says that the other one was accepted, but nothing arrived.
    expect(day).toEqual({ sent: 2, missing: 1 });
  });

  it("that does not respond delays no request, and gets the attempts from a later run", async () => {
    const guid = await place();
    const fail = () => Promise.reject(new Error("BigQuery does not respond"));
    const dies = redeliver([appLog(await appClient())], options({ writer: { write: fail }, findHeld: fail }));
    await expect(dies).rejects.toThrow("BigQuery does not respond");
    expect(await arrivals(guid)).toBe(1);
    expect(await gapOf(guid)).toBeUndefined();
    expect(await run()).toMatchObject({ read: 2, recovered: 1, requested: 0 });
    expect(await gapOf(guid)).toMatchObject({ how: "redelivered", attempts: 2 });
  });
});

it("an event that is stored although its response was lost is not delivered again", async () => {
  const guid = randomUUID();
  await suite.send("github", payload, { event: "check_run", id: guid });
  await suite.settled();
  await place({ guid, status_code: 504 });
  expect(await run()).toMatchObject({ failed: 1, held: 1, requested: 0 });
  expect(await run()).toMatchObject({ failed: 0, held: 0, requested: 0, overdue: 0 });
  expect(await arrivals(guid)).toBe(1);
  expect(await gapOf(guid)).toMatchObject({ how: "stored", attempts: 1 });
});

describe("webhooks of organizations and repositories", () => {
  const hooks = [{ id: 1 }, { id: 2, repository: "getsentry/sentry" }];
  const logs = async () => {
    const github = await installationClient("getsentry");
    if (!github) throw new Error("The App is not installed");
    return hookLogs(github, { organization: "getsentry", hooks });
  };
  const failAt = (path: string) => {
    const log = suite.github.state.hooks?.find((each) => each.path === path)?.deliveries ?? [];
    return addDelivery(log, { event: "check_run", payload, statusCode: 503 }).guid;
  };
  beforeEach(() => {
    suite.github.state.hooks = [
      { path: "orgs/getsentry/hooks/1", deliveries: [] },
      { path: "repos/getsentry/sentry/hooks/2", deliveries: [] },
    ];
  });

  it("are asked for what failed, each in its own log", async () => {
    const guids = [failAt("orgs/getsentry/hooks/1"), failAt("repos/getsentry/sentry/hooks/2"), await place()];
    const all = [appLog(await appClient()), ...(await logs())];
    expect(await redeliver(all, options())).toMatchObject({ failed: 3, requested: 3 });
    for (const guid of guids) expect(await arrivals(guid)).toBe(1);
    expect(await redeliver(all, options())).toMatchObject({ recovered: 3, requested: 0 });
    expect(await stateOf(guids[0] ?? "")).toMatchObject({ log: "orgs/getsentry/hooks/1" });
  });

  it("that were deleted delay no other webhook", async () => {
    suite.github.state.hooks?.shift();
    const guid = failAt("repos/getsentry/sentry/hooks/2");
    await expect(redeliver(await logs(), options())).rejects.toThrow("Not Found");
    expect(await arrivals(guid)).toBe(1);
  });
});

it("two runs at once ask for each delivery once", async () => {
  const guids = [await place(), await place(), await place()];
  const runs = await Promise.all([runLater(0), runLater(0), runLater(0)]);
  expect(runs.reduce((sum, { requested }) => sum + requested, 0)).toBe(3);
  for (const guid of guids) {
    expect(await arrivals(guid)).toBe(1);
    expect(await rowsOf(guid)).toEqual([{ event_id: guid }]);
  }
});

it.each([
  ["no event", { payload: {} }],
  ["a payload that is no object", { event: "push", payload: [] }],
  ["an impossible status", { event: "push", payload: {}, status_code: 1000 }],
])("a delivery with %s is refused", async (_, body) => {
  const response = await fetch(`${suite.url}/_local/github/deliveries`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
});
