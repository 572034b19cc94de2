import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExamplePullRequest, pullRequestEventRows } from "../testing/example-github-rows.ts";
import { deployRows, endedDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("pull_requests", () => {
  const pull = { number: 7, opened: "2025-03-03T08:00:00Z" };
  const merged = { ...pull, merged: "2025-03-03T09:00:00Z", mergeCommit: "m7" };

  it("a pull request has its latest known state, whatever the order of the events", async () => {
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
        head_repository: "getsentry/sentry",
        author_is_bot: false,
        labels: null,
        reverts_pull_request: null,
        reverts_commit: null,
        is_revert: false,
      },
    ]);
  });

  it.each([
    ["an open pull request has no merge commit", pull, { state: "open", merge_commit_sha: null }],
    [
      "a pull request that was closed without merging is closed",
      { ...pull, closed: "2025-03-03T09:00:00Z", mergeCommit: "test-merge" },
      { state: "closed", merge_commit_sha: null },
    ],
    [
      "a pull request of another repository has a row of its own",
      { ...pull, repository: "getsentry/relay" },
      { repository: "getsentry/relay" },
    ],
    ["GitHub says that an author is a bot", { ...pull, authorType: "Bot" }, { author_is_bot: true }],
    ["a bot's login says so too", { ...pull, author: "renovate[bot]" }, { author_is_bot: true }],
    [
      "a configured bot is one",
      { ...pull, author: "codecov-commenter", userType: "bot" },
      { author_is_bot: true },
    ],
    ["a deleted fork has no name", { ...pull, headRepository: null }, { head_repository: null }],
  ] as [string, ExamplePullRequest, Record<string, unknown>][])("%s", async (_, example, row) => {
    await warehouse.given(pullRequestEventRows(example));
    expect(await warehouse.rows("SELECT * FROM product_eng.pull_requests")).toEqual([
      expect.objectContaining(row),
    ]);
  });
});

describe("delivery_by_period", () => {
  // 2025-03-08 was a Saturday; in the following night San Francisco changed to daylight saving; the 10th was a Monday.
  const saturday = endedDeploy(1, "a", "2025-03-08T23:59:59.999Z");
  const monday = endedDeploy(2, "b", "2025-03-10T00:00:00Z");
  const failed = endedDeploy(3, "c", "2025-03-10T10:00:00Z", "failed");
  const rollback = endedDeploy(4, "a", "2025-03-10T10:30:00Z");
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
      shipmentRows(monday, { 7: "m7", 8: "m8", 9: "m9", 10: "m10" }, { direct: "2025-03-09T00:00:00Z" }),
      // Two days, three days, and one without a known lead time. The commit without a pull request takes a day, the bot an hour.
      pull(7, "2025-03-08T00:00:00Z"),
      pull(8, "2025-03-07T00:00:00Z"),
      pullRequestEventRows({
        number: 10,
        author: "renovate[bot]",
        opened: "2025-03-09T23:00:00Z",
        merged: "2025-03-09T23:30:00Z",
        mergeCommit: "m10",
      }),
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
    deploy_failure_rate: null,
    open_failures: 0,
    recoveries: 0,
    commits_without_pull_request: 0,
    hotfixes: 0,
    deployment_rework_rate: null,
    seconds_between_deployments_p50: null,
    deployment_intervals: 0,
    lead_times: 0,
    unknown_lead_times: 0,
    is_partial: false,
    service: "getsentry",
    team: null,
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
    lead_time_seconds_p50: 2 * DAY,
    lead_time_seconds_p90: expect.closeTo(2.8 * DAY),
    failures: 1,
    // From Monday's change, at midnight, to the rollback.
    recovery_seconds_p50: 10.5 * HOUR,
    recovery_seconds_p90: 10.5 * HOUR,
    deploy_failure_rate: 1 / 3,
    recoveries: 1,
    commits_without_pull_request: 1,
    deployment_rework_rate: 0.5,
    // From Saturday's last millisecond to Monday's first, and 10.5 hours to the rollback.
    seconds_between_deployments_p50: (DAY + 0.001 + 10.5 * HOUR) / 2,
    deployment_intervals: 2,
    lead_times: 3,
    unknown_lead_times: 1,
  };
  const ofSaturday = {
    ...none,
    deployments: 1,
    deployment_days: 1,
    changes: 1,
    change_failure_rate: 0,
    deploy_failure_rate: 0,
    deployment_rework_rate: 0,
  };
  const ofBoth = {
    ...ofMonday,
    deployments: 3,
    deployment_days: 2,
    changes: 2,
    change_failure_rate: 0.5,
    deploy_failure_rate: 0.25,
    deployment_rework_rate: 1 / 3,
  };
  const partial = { is_partial: true };

  it.each([
    [
      "day",
      {
        "2025-03-08": ofSaturday,
        "2025-03-09": none,
        "2025-03-10": ofMonday,
        "2025-03-11": none,
        "2025-03-12": { ...none, ...partial },
      },
    ],
    // The first week began before the first deploy, and the second is not over.
    ["week", { "2025-03-03": { ...ofSaturday, ...partial }, "2025-03-10": { ...ofMonday, ...partial } }],
    ["month", { "2025-03-01": { ...ofBoth, ...partial } }],
    ["quarter", { "2025-01-01": { ...ofBoth, ...partial } }],
  ])("a %s has a row, also without a deploy", async (period, expected) => {
    const rows = await warehouse.rows(
      `SELECT * EXCEPT (app, environment, period, period_end) FROM product_eng.delivery_by_period
       WHERE period = '${period}' ORDER BY period_start`,
    );
    expect(Object.fromEntries(rows.map(({ period_start, ...row }) => [period_start, row]))).toEqual(expected);
  });
});
