import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planHistory } from "../../demo/history/plan-history.ts";
import { plantedFailures, shippedByDeploy } from "../../demo/history/planted-failures.ts";
import { pullRequestEventRows } from "../testing/example-github-rows.ts";
import { incidentRows, linkedIncident } from "../testing/example-incidents.ts";
import { deployRows, type ExampleDeploy, endedDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const at = (minute: number) => new Date(Date.UTC(2025, 2, 3, 10, minute)).toISOString();

describe("deploys", () => {
  const queued: ExampleDeploy = { number: 1, status: "queued", sha: "a", queued: "2025-03-03T10:00:00Z" };
  const started: ExampleDeploy = { ...queued, status: "started", started: "2025-03-03T10:00:30Z" };
  const finished: ExampleDeploy = { ...started, status: "finished", ended: "2025-03-03T10:10:00.500Z" };

  it("a deploy has its times of queueing, start and end, whatever the order and repetition of the notifications", async () => {
    await warehouse.given(
      deployRows(finished),
      deployRows(queued),
      deployRows(started),
      deployRows(finished),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.deploys")).toEqual([
      {
        source: "freight",
        app: "getsentry",
        environment: "production",
        number: 1,
        is_production: true,
        status: "finished",
        deployer: "mira@sentry.io",
        ref: null,
        sha: "a",
        previous_sha: "previous",
        link: null,
        queued_at: "2025-03-03T10:00:00.000Z",
        started_at: "2025-03-03T10:00:30.000Z",
        ended_at: "2025-03-03T10:10:00.500Z",
        queue_seconds: 30,
        run_seconds: 570.5,
        total_seconds: 600.5,
        attempt: 1,
        service: "getsentry",
        team: null,
      },
    ]);
  });

  it.each<[what: string, deploys: ExampleDeploy[], row: Record<string, unknown>]>([
    [
      "a deploy that was canceled before its start has no run time",
      [queued, { ...queued, status: "canceled", ended: "2025-03-03T10:01:00Z" }],
      { status: "canceled", started_at: null, queue_seconds: null, run_seconds: null, total_seconds: 60 },
    ],
    [
      "a running deploy has no end",
      [started],
      { status: "started", ended_at: null, queue_seconds: 30, run_seconds: null },
    ],
    [
      "a deploy without a time of its end ended when the end was reported",
      [{ ...started, status: "failed", received: "2025-03-03T10:02:30Z" }],
      { status: "failed", ended_at: "2025-03-03T10:02:30.000Z", run_seconds: 120 },
    ],
    [
      "an end that is reported late and was earlier does not replace the later one",
      [
        { ...started, status: "failed", ended: "2025-03-03T10:10:00Z" },
        { ...started, status: "finished", ended: "2025-03-03T10:05:00Z", received: "2025-03-03T10:20:00Z" },
      ],
      { status: "failed", ended_at: "2025-03-03T10:10:00.000Z", attempt: 1 },
    ],
    [
      "a deploy to another environment is not production",
      [{ ...finished, environment: "staging" }],
      { environment: "staging", is_production: false },
    ],
    [
      "a start before queueing and an end before the start have no durations",
      [{ ...finished, started: "2025-03-03T09:59:55Z", ended: "2025-03-03T09:59:50Z" }],
      { queue_seconds: null, run_seconds: null, total_seconds: null },
    ],
    ["a deploy without a user has no deployer", [{ ...queued, user: null }], { deployer: null }],
    [
      "the change to daylight saving does not change a deploy's duration",
      // 1:30 and 3:30 in San Francisco, one hour apart in that night.
      [{ ...started, started: "2025-03-09T09:30:00Z", status: "finished", ended: "2025-03-09T10:30:00Z" }],
      { run_seconds: HOUR },
    ],
  ])("%s", async (_, deploys, row) => {
    await warehouse.given(...deploys.map(deployRows));
    expect(await warehouse.rows("SELECT * FROM product_eng.deploys")).toEqual([expect.objectContaining(row)]);
  });

  it("a number that starts again after it ended has two attempts, of which the first failed", async () => {
    const failed = endedDeploy(5, "b", "2025-03-03T10:00:00Z", "failed");
    const again = { ...failed, started: "2025-03-03T10:20:00Z", ended: "2025-03-03T10:30:00Z" };
    await warehouse.given(
      deployRows({ ...again, status: "finished" }),
      deployRows({ ...again, status: "started", ended: null }),
      deployRows(failed),
    );
    expect(
      await warehouse.rows(
        "SELECT attempt, status, started_at, run_seconds, total_seconds FROM product_eng.deploys ORDER BY attempt",
      ),
    ).toEqual([
      // Queued at midnight. The second attempt keeps that time, and was not queued then.
      { attempt: 1, status: "failed", started_at: at(0), run_seconds: 0, total_seconds: 10 * HOUR },
      { attempt: 2, status: "finished", started_at: at(20), run_seconds: 600, total_seconds: null },
    ]);
    expect(await warehouse.rows("SELECT kind FROM product_eng.deployments ORDER BY position")).toEqual([
      { kind: "failure" },
      { kind: "change" },
    ]);
  });

  it("deploys of the same number in two apps or environments have a row each", async () => {
    await warehouse.given(
      deployRows(finished),
      deployRows({ ...finished, environment: "staging" }),
      deployRows({ ...finished, app: "relay" }),
    );
    expect(
      await warehouse.rows("SELECT app, environment FROM product_eng.deploys ORDER BY app, environment"),
    ).toEqual([
      { app: "getsentry", environment: "production" },
      { app: "getsentry", environment: "staging" },
      { app: "relay", environment: "production" },
    ]);
  });
});

/** Deploys, ten minutes apart: `a` finishes with sha a, `!b` fails with sha b, `~c` is canceled. */
function sequence(text: string): ExampleDeploy[] {
  return text.split(" ").map((word, index) => {
    const status = word.startsWith("!") ? "failed" : word.startsWith("~") ? "canceled" : "finished";
    const sha = word.replace(/^[!~]/, "");
    return endedDeploy(index + 1, sha === "?" ? null : sha, at(10 * index), status);
  });
}

describe("deployments", () => {
  it.each([
    ["a b c", "change change change", [false, false, false]],
    // A failed attempt is charged to nobody else.
    ["a !b b", "change failure change", [false, null, false]],
    [
      "a !b !c !d !e f",
      "change failure failure failure failure change",
      [false, null, null, null, null, false],
    ],
    ["a b a", "change change rollback", [false, true, null]],
    ["a b a a", "change change rollback redeploy", [false, true, null, null]],
    ["a a b", "change redeploy change", [false, null, false]],
    ["a !b a", "change failure redeploy", [false, null, null]],
    ["a b !a a", "change change failure rollback", [false, true, null, null]],
    ["a b !c a", "change change failure rollback", [false, true, null, null]],
    ["a a !b c", "change redeploy failure change", [false, null, null, false]],
    ["!a a", "failure change", [null, false]],
    // Deploying a newer commit again is no rollback.
    ["a b a b", "change change rollback redeploy", [false, true, null, null]],
    ["a b c a b", "change change change rollback redeploy", [false, false, true, null, null]],
    ["a b c b a", "change change change rollback rollback", [false, true, true, null, null]],
    ["a ~b a", "change redeploy", [false, null]],
    ["? ? b", "change change change", [false, false, false]],
  ])("the sequence %s has the kinds %s", async (text, kinds, changeFailed) => {
    await warehouse.given(...sequence(text).map(deployRows));
    const rows = await warehouse.rows(
      "SELECT kind, change_failed FROM product_eng.deployments ORDER BY position",
    );
    expect(rows.map(({ kind }) => kind).join(" ")).toBe(kinds);
    expect(rows.map(({ change_failed }) => change_failed)).toEqual(changeFailed);
  });

  it("deployments are ordered by end, without canceled deploys and other environments", async () => {
    await warehouse.given(
      deployRows(endedDeploy(3, "c", at(3))),
      deployRows(endedDeploy(2, "b", at(5))),
      deployRows(endedDeploy(1, "a", at(1))),
      deployRows(endedDeploy(4, "d", at(2), "canceled")),
      deployRows({ ...endedDeploy(5, "e", at(2)), environment: "staging" }),
      deployRows({ ...endedDeploy(9, "z", at(2)), app: "relay" }),
    );
    const rows = await warehouse.rows(
      "SELECT app, number, position, change_number FROM product_eng.deployments ORDER BY app, position",
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ["getsentry", 1, 1, 1],
      ["getsentry", 3, 2, 3],
      ["getsentry", 2, 3, 2],
      ["relay", 9, 1, 9],
    ]);
  });
});

describe("deployment_failures", () => {
  it.each<[string, unknown[][]]>([
    ["a b", []],
    // cause, change, failed deploy, time of failure, recovering deploy, recovery time
    ["a !b !b b", [["failed_deploy", 4, 2, at(10), 4, 20 * MINUTE]]],
    ["a !b a", [["failed_deploy", null, 2, at(10), 3, 10 * MINUTE]]],
    ["a b a", [["rollback", 2, 2, at(10), 3, 10 * MINUTE]]],
    // From the moment at which the change first went live.
    ["a b b a", [["rollback", 2, 2, at(10), 4, 20 * MINUTE]]],
    ["a b !c a", [["rollback", 2, 2, at(10), 4, 20 * MINUTE]]],
    ["a b a b", [["rollback", 2, 2, at(10), 3, 10 * MINUTE]]],
    // Consecutive rollbacks are one recovery.
    ["a b c b a", [["rollback", 3, 3, at(20), 5, 20 * MINUTE]]],
    // Nothing says that b was at fault: the change that was live is charged.
    ["a b c a", [["rollback", 3, 3, at(20), 4, 10 * MINUTE]]],
    [
      "a b a !c d",
      [
        ["rollback", 2, 2, at(10), 3, 10 * MINUTE],
        ["failed_deploy", null, 4, at(30), 5, 10 * MINUTE],
      ],
    ],
    ["!a a", [["failed_deploy", 2, 1, at(0), 2, 10 * MINUTE]]],
    ["a !b", [["failed_deploy", null, 2, at(10), null, null]]],
    ["a !b ~c", [["failed_deploy", null, 2, at(10), null, null]]],
    ["a ~b a", []],
  ])("the failures of the sequence %s", async (text, expected) => {
    await warehouse.given(...sequence(text).map(deployRows));
    const rows = await warehouse.rows(
      `SELECT cause, change_number, failed_number, failed_at, recovered_number, recovery_seconds
       FROM product_eng.deployment_failures ORDER BY failed_at`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual(expected);
  });
});

it.each([
  ["a b c a", at(10)],
  ["a b c b a", at(10)],
  ["a b c d b", at(20)],
  ["a b !c a", at(10)],
])("a change that the rollback of %s withdrew was live since %s", async (text, earliest) => {
  await warehouse.given(...sequence(text).map(deployRows));
  const sql = "SELECT earliest_failed_at FROM product_eng.deployment_failures";
  expect(await warehouse.rows(sql)).toEqual([{ earliest_failed_at: earliest }]);
});

describe("the month of the demo", () => {
  it("has the change failure rate of the failures that it plants: a rollback, a hotfix, a revert and an incident", async () => {
    const plan = planHistory("2026-11-23");
    const { clock, deploys, incidents, pulls } = plan;
    const ended = ({ number, sha, outcome, start, takes }: (typeof deploys)[number]) =>
      endedDeploy(number, sha, clock.at(start + takes), outcome);
    await warehouse.given(
      ...deploys
        .filter(({ environment }) => environment === "production")
        .map((deploy) => deployRows(ended(deploy))),
      ...shippedByDeploy(plan).map(({ deploy, shipped }) =>
        shipmentRows(
          ended(deploy),
          Object.fromEntries(shipped.map(({ pull }) => [pull.number, pull.mergeSha])),
        ),
      ),
      ...pulls.map(({ repository, number, title, body, branch, mergeSha, opened, end }) =>
        pullRequestEventRows({
          ...{ repository, number, title, branch },
          opened: clock.at(opened),
          closed: end && clock.at(end.at),
          merged: end?.merged ? clock.at(end.at) : null,
          mergeCommit: mergeSha,
          ...(body !== undefined && { body }),
        }),
      ),
      ...incidents.map(({ service, deploy, opened, resolved }) => {
        const state = linkedIncident(clock.at(opened), { app: service, number: deploy });
        const resolvedAt = clock.at(resolved);
        return incidentRows({ ...state, status: "resolved", resolvedAt }, 2, resolvedAt);
      }),
    );
    const planted = plantedFailures(plan);
    const rows = await warehouse.rows(
      "SELECT number, failure_reason AS reason FROM product_eng.deployments WHERE change_failed ORDER BY number",
    );
    expect(rows).toEqual(planted.failures);
    expect(planted.failures.map(({ reason }) => reason).sort()).toEqual([
      "hotfix",
      "incident",
      "revert",
      "rollback",
    ]);
    const counts = await warehouse.rows(
      `SELECT COUNTIF(kind = 'change') AS changes, COUNTIF(kind = 'failure') AS failed_attempts
       FROM product_eng.deployments`,
    );
    expect(counts).toEqual([{ changes: planted.changes, failed_attempts: 6 }]);
    expect(
      await warehouse.rows(
        "SELECT recovery_seconds / 60 AS minutes FROM product_eng.deployment_failures WHERE cause = 'rollback'",
      ),
    ).toEqual([{ minutes: 49 }]);
  });
});
