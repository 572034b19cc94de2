import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pullRequestEventRows, pushRows } from "../testing/example-github-rows.ts";
import { deployRows, endedDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const HOUR = 3600;
const DAY = 24 * HOUR;

describe("lead_times", () => {
  const pull = {
    number: 7,
    opened: "2025-03-03T08:00:00Z",
    merged: "2025-03-03T09:00:00Z",
    mergeCommit: "m7",
  };
  const first = endedDeploy(1, "a", "2025-03-03T10:00:00Z");
  const push = pushRows({ branch: "fix", commits: ["2025-03-03T07:00:00Z", "2025-03-03T07:30:00+01:00"] });

  it("lead time runs from the first commit to the end of the first finished deploy", async () => {
    const second = endedDeploy(2, "b", "2025-03-03T11:00:00Z");
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
        author_is_bot: false,
        clock: "first_commit",
        service: "getsentry",
        team: null,
      },
    ]);
  });

  it.each<[what: string, rows: Parameters<FrozenWarehouse["given"]>, row: Record<string, unknown>]>([
    [
      "without pushes the lead time starts at the opening of the pull request",
      [pullRequestEventRows(pull)],
      { authored_at: "2025-03-03T08:00:00.000Z", lead_time_seconds: 2 * HOUR, clock: "opened" },
    ],
    [
      "commits of another branch, of merges of other branches, or after the merge do not count",
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
      "commits of an earlier pull request from a branch of the same name do not count",
      [
        pullRequestEventRows(pull),
        pullRequestEventRows({ number: 3, opened: "2025-02-01T08:00:00Z", merged: "2025-02-01T09:00:00Z" }),
        pushRows({ branch: "fix", commits: ["2025-02-01T07:00:00Z"] }),
        push,
      ],
      { authored_at: "2025-03-03T06:30:00.000Z" },
    ],
    [
      "a fork's branch is not the repository's branch of that name",
      [
        pullRequestEventRows({ ...pull, branch: "master", headRepository: "robin/sentry" }),
        pushRows({ branch: "master", commits: ["2024-11-03T00:00:00Z", "2025-03-03T07:00:00Z"] }),
      ],
      { authored_at: "2025-03-03T08:00:00.000Z", lead_time_seconds: 2 * HOUR },
    ],
    [
      "a branch of an unknown repository is nobody's",
      [pullRequestEventRows({ ...pull, headRepository: null }), push],
      { lead_time_seconds: 2 * HOUR },
    ],
    [
      "commits of 1970 and copies of commits from years ago do not count, and the others do",
      [
        pullRequestEventRows(pull),
        pushRows({
          branch: "fix",
          commits: ["1970-01-01T00:00:00Z", "2019-03-01T00:00:00Z", "2025-03-03T07:00:00Z"],
        }),
      ],
      { authored_at: "2025-03-03T07:00:00.000Z", lead_time_seconds: 3 * HOUR },
    ],
    [
      "the commits of a pull request that was opened anew count",
      [
        pullRequestEventRows(pull),
        pullRequestEventRows({ number: 3, opened: "2025-03-01T08:00:00Z", closed: "2025-03-02T09:00:00Z" }),
        pushRows({ branch: "fix", commits: ["2025-03-01T07:00:00Z"] }),
      ],
      { authored_at: "2025-03-01T07:00:00.000Z", lead_time_seconds: 2 * DAY + 3 * HOUR },
    ],
    [
      "the commits of a backport count for both pull requests of the branch",
      [
        pullRequestEventRows(pull),
        pullRequestEventRows({
          number: 3,
          base: "release",
          opened: "2025-03-01T08:00:00Z",
          merged: "2025-03-02T09:00:00Z",
        }),
        pushRows({ branch: "fix", commits: ["2025-03-01T07:00:00Z"] }),
      ],
      { authored_at: "2025-03-01T07:00:00.000Z", lead_time_seconds: 2 * DAY + 3 * HOUR },
    ],
    [
      "the commits of a backport that is merged while the other pull request is open count for both",
      [
        pullRequestEventRows(pull),
        pullRequestEventRows({
          number: 3,
          base: "release",
          opened: "2025-03-01T08:00:00Z",
          merged: "2025-03-03T08:30:00Z",
        }),
        pushRows({ branch: "fix", commits: ["2025-03-01T07:00:00Z"] }),
      ],
      { authored_at: "2025-03-01T07:00:00.000Z", lead_time_seconds: 2 * DAY + 3 * HOUR },
    ],
    [
      "a bot's pull request is marked",
      [pullRequestEventRows({ ...pull, author: "renovate[bot]" })],
      { author: "renovate[bot]", author_is_bot: true },
    ],
    [
      "a pull request that no event mentioned has no lead time",
      [],
      { repository: null, pull_request_number: 7, authored_at: null, lead_time_seconds: null, clock: null },
    ],
    [
      "a negative lead time is NULL",
      [pullRequestEventRows({ ...pull, opened: "2025-03-03T10:30:00Z", merged: "2025-03-03T10:31:00Z" })],
      { lead_time_seconds: null, merge_to_deploy_seconds: null },
    ],
  ])("%s", async (_, rows, row) => {
    await warehouse.given(deployRows(first), shipmentRows(first, { 7: "m7" }), ...rows);
    expect(await warehouse.rows("SELECT * FROM product_eng.lead_times")).toEqual([
      expect.objectContaining(row),
    ]);
  });

  it.each<[what: string, authored: string, row: Record<string, unknown>]>([
    ["its authoring", "2025-03-03T07:00:00Z", { lead_time_seconds: 3 * HOUR }],
    ["nothing known, if its date cannot be", "2001-01-01T00:00:00Z", { authored_at: null }],
    ["nothing known, if its date is later", "2025-03-03T11:00:00Z", { lead_time_seconds: null }],
  ])("the lead time of a commit without a pull request starts at %s", async (_, authored, row) => {
    await warehouse.given(deployRows(first), shipmentRows(first, {}, { hotfix: authored }));
    expect(await warehouse.rows("SELECT * FROM product_eng.lead_times")).toEqual([
      expect.objectContaining({ pull_request_number: null, commit_sha: "hotfix", deploy_number: 1, ...row }),
    ]);
  });

  it("two apps that ship the same pull request under the same number have a lead time each", async () => {
    const relay = { ...endedDeploy(1, "a", "2025-03-03T12:00:00Z"), app: "relay" };
    await warehouse.given(
      ...[first, relay].flatMap((deploy) => [deployRows(deploy), shipmentRows(deploy, { 7: "m7" })]),
      pullRequestEventRows(pull),
    );
    expect(
      await warehouse.rows("SELECT app, lead_time_seconds FROM product_eng.lead_times ORDER BY app"),
    ).toEqual([
      { app: "getsentry", lead_time_seconds: 2 * HOUR },
      { app: "relay", lead_time_seconds: 4 * HOUR },
    ]);
  });

  it("failed deploys and deploys to other environments ship no pull request", async () => {
    const failed = endedDeploy(1, "a", "2025-03-03T10:00:00Z", "failed");
    const staging = { ...endedDeploy(2, "a", "2025-03-03T10:00:00Z"), environment: "staging" };
    await warehouse.given(
      ...[failed, staging].flatMap((deploy) => [deployRows(deploy), shipmentRows(deploy, { 7: "m7" })]),
      pullRequestEventRows(pull),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.lead_times")).toEqual([]);
  });
});
