import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  deployRows,
  type ExampleDeploy,
  pullRequestEventRows,
  pushRows,
  shipmentRows,
} from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A deploy that ended, as its last notification tells it. */
function ended(
  number: number,
  sha: string | null,
  end: string,
  status: ExampleDeploy["status"] = "finished",
): ExampleDeploy {
  return { number, sha, status, queued: `${end.slice(0, 11)}00:00:00Z`, started: end, ended: end };
}

describe("deploys", () => {
  const queued: ExampleDeploy = { number: 1, status: "queued", sha: "a", queued: "2025-03-03T10:00:00Z" };
  const started: ExampleDeploy = { ...queued, status: "started", started: "2025-03-03T10:00:30Z" };
  const finished: ExampleDeploy = { ...started, status: "finished", ended: "2025-03-03T10:10:00.500Z" };

  it("have the times between queueing, start and end, in whichever order and however often they were reported", async () => {
    await warehouse.given(
      deployRows(finished),
      deployRows(queued),
      deployRows(started),
      deployRows(finished),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.deploys")).toEqual([
      {
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
      },
    ]);
  });

  it.each<[what: string, deploys: ExampleDeploy[], row: Record<string, unknown>]>([
    [
      "canceled before it started has no run",
      [queued, { ...queued, status: "canceled", ended: "2025-03-03T10:01:00Z" }],
      { status: "canceled", started_at: null, queue_seconds: null, run_seconds: null, total_seconds: 60 },
    ],
    [
      "still running has no end",
      [started],
      { status: "started", ended_at: null, queue_seconds: 30, run_seconds: null },
    ],
    [
      "whose end has no time of its own ended when that was reported",
      [{ ...started, status: "failed", received: "2025-03-03T10:02:30Z" }],
      { status: "failed", ended_at: "2025-03-03T10:02:30.000Z", run_seconds: 120 },
    ],
    [
      "in another environment is not production",
      [{ ...finished, environment: "staging" }],
      { environment: "staging", is_production: false },
    ],
    ["by nobody has no deployer", [{ ...queued, user: null }], { deployer: null }],
    [
      "across the change to daylight saving takes as long as it takes",
      // In San Francisco it was 1:30 and then 3:30 that night; in between lies one hour.
      [{ ...started, started: "2025-03-09T09:30:00Z", status: "finished", ended: "2025-03-09T10:30:00Z" }],
      { run_seconds: HOUR },
    ],
  ])("%s", async (_, deploys, row) => {
    await warehouse.given(...deploys.map(deployRows));
    expect(await warehouse.rows("SELECT * FROM product_eng.deploys")).toEqual([expect.objectContaining(row)]);
  });

  it("of one number in two apps or environments are two", async () => {
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

const at = (minute: number) => new Date(Date.UTC(2025, 2, 3, 10, minute)).toISOString();

/** Deploys, a minute apart: `a` finishes with sha a, `!b` fails with sha b, `~c` is canceled. */
function sequence(text: string): ExampleDeploy[] {
  return text.split(" ").map((word, index) => {
    const status = word.startsWith("!") ? "failed" : word.startsWith("~") ? "canceled" : "finished";
    const sha = word.replace(/^[!~]/, "");
    return ended(index + 1, sha === "?" ? null : sha, at(index), status);
  });
}

describe("deployments", () => {
  it.each([
    ["a b c", "change change change", [false, false, false]],
    ["a !b b", "change failure change", [true, null, false]],
    ["a b a", "change change rollback", [false, true, null]],
    ["a b a a", "change change rollback redeploy", [false, true, null, null]],
    ["a a b", "change redeploy change", [false, null, false]],
    // The failed deploy may have changed something: what was live is deployed again to mend it.
    ["a !b a", "change failure rollback", [true, null, null]],
    ["a b !a a", "change change failure rollback", [false, true, null, null]],
    ["a a !b c", "change redeploy failure change", [true, null, null, false]],
    ["!a a", "failure change", [null, false]],
    ["a b c a b", "change change change rollback rollback", [false, false, true, null, null]],
    ["? ? b", "change change change", [false, false, false]],
  ])("in the sequence %s are %s", async (text, kinds, changeFailed) => {
    await warehouse.given(...sequence(text).map(deployRows));
    const rows = await warehouse.rows(
      "SELECT kind, change_failed FROM product_eng.deployments ORDER BY position",
    );
    expect(rows.map(({ kind }) => kind).join(" ")).toBe(kinds);
    expect(rows.map(({ change_failed }) => change_failed)).toEqual(changeFailed);
  });

  it("are in the order in which they ended, without those that were canceled and those elsewhere", async () => {
    await warehouse.given(
      deployRows(ended(3, "c", at(3))),
      deployRows(ended(2, "b", at(5))),
      deployRows(ended(1, "a", at(1))),
      deployRows(ended(4, "d", at(2), "canceled")),
      deployRows({ ...ended(5, "e", at(2)), environment: "staging" }),
      deployRows({ ...ended(9, "z", at(2)), app: "relay" }),
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
    // cause, charged to, what failed, when, what mended it, after how long
    ["a !b !b b", [["failed_deploy", 1, 2, at(1), 4, 2 * MINUTE]]],
    ["a !b a", [["failed_deploy", 1, 2, at(1), 3, MINUTE]]],
    ["a b a", [["rollback", 2, 2, at(1), 3, MINUTE]]],
    [
      "a b a !c d",
      [
        ["rollback", 2, 2, at(1), 3, MINUTE],
        ["failed_deploy", 2, 4, at(3), 5, MINUTE],
      ],
    ],
    ["!a a", [["failed_deploy", null, 1, at(0), 2, MINUTE]]],
    ["a !b", [["failed_deploy", 1, 2, at(1), null, null]]],
    ["a !b ~c", [["failed_deploy", 1, 2, at(1), null, null]]],
  ])("of the sequence %s", async (text, expected) => {
    await warehouse.given(...sequence(text).map(deployRows));
    const rows = await warehouse.rows(
      `SELECT cause, change_number, failed_number, failed_at, recovered_number, recovery_seconds
       FROM product_eng.deployment_failures ORDER BY failed_at`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual(expected);
  });
});

describe("pull_requests", () => {
  const pull = { number: 7, opened: "2025-03-03T08:00:00Z" };
  const merged = { ...pull, merged: "2025-03-03T09:00:00Z", mergeCommit: "m7" };

  it("have the latest that is known, whichever comes last", async () => {
    await warehouse.given(
      pullRequestEventRows({ ...merged, received: "2025-03-03T09:00:01Z" }),
      pullRequestEventRows({ ...pull, mergeCommit: "test-merge", received: "2025-03-03T11:00:00Z" }),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.pull_requests")).toEqual([
      {
        repository: "getsentry/sentry",
        number: 7,
        title: "Fix it",
        author: "mira",
        state: "merged",
        head_branch: "fix",
        head_sha: "head7",
        base_branch: "master",
        merge_commit_sha: "m7",
        opened_at: "2025-03-03T08:00:00.000Z",
        merged_at: "2025-03-03T09:00:00.000Z",
        closed_at: "2025-03-03T09:00:00.000Z",
        updated_at: "2025-03-03T09:00:00.000Z",
      },
    ]);
  });

  it.each([
    ["open", pull, { state: "open", merge_commit_sha: null }],
    [
      "closed",
      { ...pull, closed: "2025-03-03T09:00:00Z", mergeCommit: "test-merge" },
      { state: "closed", merge_commit_sha: null },
    ],
    ["of another repository", { ...pull, repository: "getsentry/relay" }, { repository: "getsentry/relay" }],
  ])("%s", async (_, example, row) => {
    await warehouse.given(pullRequestEventRows(example));
    expect(await warehouse.rows("SELECT * FROM product_eng.pull_requests")).toEqual([
      expect.objectContaining(row),
    ]);
  });
});

describe("lead_times", () => {
  const pull = {
    number: 7,
    opened: "2025-03-03T08:00:00Z",
    merged: "2025-03-03T09:00:00Z",
    mergeCommit: "m7",
  };
  const first = ended(1, "a", "2025-03-03T10:00:00Z");
  const push = pushRows({ branch: "fix", commits: ["2025-03-03T07:00:00Z", "2025-03-03T07:30:00+01:00"] });

  it("run from the first commit to the first finished deploy", async () => {
    const second = ended(2, "b", "2025-03-03T11:00:00Z");
    await warehouse.given(
      deployRows(second),
      shipmentRows(second, { 7: "m7" }),
      deployRows(first),
      deployRows(first),
      shipmentRows(first, { 7: "m7" }),
      shipmentRows(first, { 7: "m7" }),
      pullRequestEventRows(pull),
      push,
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.lead_times")).toEqual([
      {
        app: "getsentry",
        environment: "production",
        repository: "getsentry/sentry",
        pull_request_number: 7,
        base_branch: "master",
        author: "mira",
        commit_sha: "m7",
        deploy_number: 1,
        authored_at: "2025-03-03T06:30:00.000Z",
        opened_at: "2025-03-03T08:00:00.000Z",
        merged_at: "2025-03-03T09:00:00.000Z",
        deployed_at: "2025-03-03T10:00:00.000Z",
        lead_time_seconds: 3.5 * HOUR,
        merge_to_deploy_seconds: HOUR,
      },
    ]);
  });

  it.each<[what: string, rows: Parameters<FrozenWarehouse["given"]>, row: Record<string, unknown>]>([
    [
      "without pushes run from the opening of the pull request",
      [pullRequestEventRows(pull)],
      { authored_at: "2025-03-03T08:00:00.000Z", lead_time_seconds: 2 * HOUR },
    ],
    [
      "do not count commits of another branch, of merges of other branches, or from after the merge",
      [
        pullRequestEventRows(pull),
        pushRows({ branch: "other", commits: ["2025-03-01T00:00:00Z"] }),
        pushRows({ branch: "fix", commits: [{ at: "2025-03-01T00:00:00Z", distinct: false }] }),
        pushRows({ branch: "fix", repository: "getsentry/relay", commits: ["2025-03-01T00:00:00Z"] }),
        pushRows({ branch: "fix", commits: ["2025-03-03T09:30:00Z"] }),
      ],
      { authored_at: "2025-03-03T08:00:00.000Z" },
    ],
    [
      "do not count commits of an earlier pull request from a branch of the same name",
      [
        pullRequestEventRows(pull),
        pullRequestEventRows({ number: 3, opened: "2025-02-01T08:00:00Z", merged: "2025-02-01T09:00:00Z" }),
        pushRows({ branch: "fix", commits: ["2025-02-01T07:00:00Z"] }),
        push,
      ],
      { authored_at: "2025-03-03T06:30:00.000Z" },
    ],
    [
      "of a pull request that no event spoke of are not known",
      [],
      { repository: null, pull_request_number: 7, authored_at: null, lead_time_seconds: null },
    ],
    [
      "are not negative",
      [pullRequestEventRows({ ...pull, opened: "2025-03-03T10:30:00Z", merged: "2025-03-03T10:31:00Z" })],
      { lead_time_seconds: null, merge_to_deploy_seconds: null },
    ],
  ])("%s", async (_, rows, row) => {
    await warehouse.given(deployRows(first), shipmentRows(first, { 7: "m7" }), ...rows);
    expect(await warehouse.rows("SELECT * FROM product_eng.lead_times")).toEqual([
      expect.objectContaining(row),
    ]);
  });

  it("are not those of deploys that failed or ended elsewhere", async () => {
    const failed = ended(1, "a", "2025-03-03T10:00:00Z", "failed");
    const staging = { ...ended(2, "a", "2025-03-03T10:00:00Z"), environment: "staging" };
    await warehouse.given(
      ...[failed, staging].flatMap((deploy) => [deployRows(deploy), shipmentRows(deploy, { 7: "m7" })]),
      pullRequestEventRows(pull),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.lead_times")).toEqual([]);
  });
});

describe("delivery_by_period", () => {
  // 2025-03-08 was a Saturday; on the night to the 9th San Francisco's clocks went forward; the 10th was a Monday.
  const saturday = ended(1, "a", "2025-03-08T23:59:59.999Z");
  const monday = ended(2, "b", "2025-03-10T00:00:00Z");
  const failed = ended(3, "c", "2025-03-10T10:00:00Z", "failed");
  const rollback = ended(4, "b", "2025-03-10T10:30:00Z");
  const pull = (number: number, opened: string) =>
    pullRequestEventRows({
      number,
      branch: `b${number}`,
      opened,
      merged: "2025-03-08T12:00:00Z",
      mergeCommit: `m${number}`,
    });

  beforeAll(() =>
    warehouse.given(
      ...[saturday, monday, failed, rollback, saturday, rollback].map(deployRows),
      shipmentRows(monday, { 7: "m7", 8: "m8", 9: "m9" }),
      // Two days, three days, and one that nothing is known of.
      pull(7, "2025-03-08T00:00:00Z"),
      pull(8, "2025-03-07T00:00:00Z"),
    ),
  );

  const none = {
    deployments: 0,
    deployment_days: 0,
    failed_deployments: 0,
    changes: 0,
    rollbacks: 0,
    redeploys: 0,
    failed_changes: 0,
    change_failure_rate: null,
    pull_requests: 0,
    lead_time_seconds_p50: null,
    lead_time_seconds_p90: null,
    failures: 0,
    recovery_seconds_p50: null,
    recovery_seconds_p90: null,
  };
  const ofMonday = {
    ...none,
    deployments: 2,
    deployment_days: 1,
    failed_deployments: 1,
    changes: 1,
    rollbacks: 1,
    failed_changes: 1,
    change_failure_rate: 1,
    pull_requests: 2,
    lead_time_seconds_p50: 2.5 * DAY,
    lead_time_seconds_p90: 2.9 * DAY,
    failures: 1,
    recovery_seconds_p50: 30 * MINUTE,
    recovery_seconds_p90: 30 * MINUTE,
  };
  const ofSaturday = { ...none, deployments: 1, deployment_days: 1, changes: 1, change_failure_rate: 0 };

  it.each([
    [
      "day",
      {
        "2025-03-08": ofSaturday,
        "2025-03-09": none,
        "2025-03-10": ofMonday,
        "2025-03-11": none,
        "2025-03-12": none,
      },
    ],
    ["week", { "2025-03-03": ofSaturday, "2025-03-10": ofMonday }],
  ])("per %s has every key, and a row where nothing was deployed", async (period, expected) => {
    const rows = await warehouse.rows(
      `SELECT * EXCEPT (app, environment, period) FROM product_eng.delivery_by_period
       WHERE period = '${period}' ORDER BY period_start`,
    );
    expect(Object.fromEntries(rows.map(({ period_start, ...row }) => [period_start, row]))).toEqual(expected);
  });
});
