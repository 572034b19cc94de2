import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pullRequestEventRows } from "../testing/example-github-rows.ts";
import { deployRows, endedDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-04-02T12:00:00Z");
});
afterAll(() => warehouse.stop());

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Deploys by their days: `a` finishes with sha a, `!b` fails with sha b. */
function deploys(...list: [word: string, end: string][]) {
  return list.map(([word, end], index) =>
    deployRows(
      endedDeploy(index + 1, word.replace("!", ""), end, word.startsWith("!") ? "failed" : "finished"),
    ),
  );
}

/** Rows of delivery_by_period by the start of their period, with these columns. */
async function periods(period: string, columns: string): Promise<Record<string, unknown[]>> {
  const rows = await warehouse.rows(
    `SELECT period_start, ${columns} FROM product_eng.delivery_by_period
     WHERE period = '${period}' AND deployments + failed_deployments > 0 ORDER BY period_start`,
  );
  return Object.fromEntries(rows.map(({ period_start, ...row }) => [period_start, Object.values(row)]));
}

describe("a failed attempt", () => {
  it("that is repeated raises the deploy failure rate, and neither the change failure rate nor a recovery time", async () => {
    await warehouse.given(
      ...deploys(
        ["a", "2025-03-03T10:00:00Z"],
        ["!b", "2025-03-03T10:10:00Z"],
        ["b", "2025-03-03T10:20:00Z"],
      ),
    );
    const columns =
      "changes, change_failure_rate, deploy_failure_rate, failures, recoveries, recovery_seconds_p50";
    expect(await periods("week", columns)).toEqual({ "2025-03-03": [2, 0, 1 / 3, 1, 0, null] });
    expect(
      await warehouse.rows("SELECT kind, change_number FROM product_eng.deployments ORDER BY position"),
    ).toEqual([
      { kind: "change", change_number: 1 },
      // The attempted change, which went live with deploy 3.
      { kind: "failure", change_number: 3 },
      { kind: "change", change_number: 3 },
    ]);
  });

  it("counts in its own week, also in one in which nothing got out", async () => {
    await warehouse.given(
      ...deploys(
        ["a", "2025-03-05T10:00:00Z"],
        ["!b", "2025-03-10T10:00:00Z"],
        ["!c", "2025-03-11T10:00:00Z"],
        ["!d", "2025-03-13T10:00:00Z"],
        ["!e", "2025-03-16T10:00:00Z"],
        ["f", "2025-03-18T10:00:00Z"],
      ),
    );
    const columns = "changes, failed_changes, change_failure_rate, failed_deployments, deploy_failure_rate";
    expect(await periods("week", columns)).toEqual({
      "2025-03-03": [1, 0, 0, 0, 0],
      "2025-03-10": [0, 0, null, 4, 1],
      "2025-03-17": [1, 0, 0, 0, 0],
    });
    expect(await periods("month", columns)).toEqual({ "2025-03-01": [2, 0, 0, 4, 4 / 6] });
  });
});

it("a change that is rolled back a week later failed in the week in which it went live", async () => {
  await warehouse.given(
    ...deploys(["a", "2025-03-03T10:00:00Z"], ["b", "2025-03-07T10:00:00Z"], ["a", "2025-03-11T10:00:00Z"]),
  );
  const columns =
    "changes, failed_changes, change_failure_rate, rollbacks, deployment_rework_rate, recovery_seconds_p50";
  expect(await periods("week", columns)).toEqual({
    "2025-03-03": [2, 1, 0.5, 0, 0, 96 * HOUR],
    "2025-03-10": [0, 0, null, 1, 1, null],
  });
});

it("an open failure counts in the week in which it began, and has no recovery time", async () => {
  await warehouse.given(
    ...deploys(
      ["a", "2025-03-04T10:00:00Z"],
      // Of other changes: nothing of this is the failure of a.
      ["!c", "2025-03-11T10:00:00Z"],
      ["!d", "2025-03-11T11:00:00Z"],
      ["d", "2025-03-18T10:00:00Z"],
      ["!e", "2025-03-25T10:00:00Z"],
    ),
  );
  expect(await periods("week", "change_failure_rate, failures, open_failures, recovery_seconds_p50")).toEqual(
    {
      "2025-03-03": [0, 0, 0, null],
      "2025-03-10": [null, 1, 0, null],
      "2025-03-17": [0, 0, 0, null],
      "2025-03-24": [null, 1, 1, null],
    },
  );
});

it("two recoveries of 10 and 600 minutes have percentiles between them", async () => {
  await warehouse.given(
    ...deploys(
      ["a", "2025-03-03T10:00:00Z"],
      ["b", "2025-03-03T11:00:00Z"],
      ["a", "2025-03-03T11:10:00Z"],
      ["c", "2025-03-04T00:00:00Z"],
      ["a", "2025-03-04T10:00:00Z"],
    ),
  );
  const columns = "recoveries, recovery_seconds_p50, recovery_seconds_p90";
  expect(await periods("week", columns)).toEqual({
    "2025-03-03": [2, 305 * MINUTE, expect.closeTo(541 * MINUTE)],
  });
});

it("a month has its own deploys, and not those of the weeks that begin in it", async () => {
  await warehouse.given(
    ...deploys(
      ["a", "2025-02-24T10:00:00Z"],
      ["b", "2025-03-01T10:00:00Z"],
      ["c", "2025-03-02T10:00:00Z"],
      ["d", "2025-03-03T10:00:00Z"],
    ),
  );
  expect(await periods("month", "deployments, is_partial")).toEqual({
    "2025-02-01": [1, true],
    "2025-03-01": [3, false],
  });
  expect(await periods("week", "deployments")).toEqual({ "2025-02-24": [3], "2025-03-03": [1] });
});

it("ten bots' pull requests of an hour do not make nine people's of two days look fast", async () => {
  const deploy = endedDeploy(1, "a", "2025-03-05T12:00:00Z");
  const pulls = Array.from({ length: 19 }, (_, index) => {
    const isBot = index >= 9;
    return pullRequestEventRows({
      number: index + 1,
      branch: `b${index + 1}`,
      author: isBot ? "renovate[bot]" : "mira",
      opened: isBot ? "2025-03-05T11:00:00Z" : "2025-03-03T12:00:00Z",
      merged: "2025-03-05T11:30:00Z",
      mergeCommit: `m${index + 1}`,
    });
  });
  const shipped = Object.fromEntries(pulls.map((_, index) => [index + 1, `m${index + 1}`]));
  await warehouse.given(deployRows(deploy), shipmentRows(deploy, shipped), ...pulls);
  expect(await periods("week", "lead_times, lead_time_seconds_p50")).toEqual({
    "2025-03-03": [9, 48 * HOUR],
  });
});
