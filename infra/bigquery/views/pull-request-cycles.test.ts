import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pullRequestEventRows, pushRows, reviewRows } from "../testing/example-github-rows.ts";
import { deployRows, endedDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const HOUR = 3600;
const at = (hour: number, day = 3) => new Date(Date.UTC(2025, 2, day, hour)).toISOString();

const pull = { number: 7, branch: "fix", opened: at(8) };
const merged = { ...pull, merged: at(16), mergeCommit: "m7", mergedBy: "jonas" };
const review = (id: number, hour: number, by: string, state: string, commit = "c1") =>
  reviewRows({ ...pull, review: id, submitted: at(hour), by, state, commit, author: "mira" });

describe("pull_request_cycles", () => {
  it("splits the way to production into coding, pickup, review, merge and deploy", async () => {
    const deploy = endedDeploy(1, "a", at(18));
    await warehouse.given(
      // A draft until 10:00, whose first commit was authored at 7:00.
      pullRequestEventRows({ ...pull, draft: true, size: [10, 2, 1] }),
      pushRows({ branch: "fix", commits: [at(7)] }),
      pullRequestEventRows({ ...pull, action: "ready_for_review", updated: at(10) }),
      // The author's own answer and a bot's review are none; changes are requested at 11:00 and approved at 14:00, after a push.
      review(1, 9, "jonas", "commented"),
      review(2, 10.5, "mira", "commented"),
      review(3, 11, "jonas", "changes_requested"),
      pullRequestEventRows({ ...pull, action: "synchronize", updated: at(12), size: [40, 8, 3] }),
      review(4, 14, "jonas", "approved", "c2"),
      review(5, 10.25, "codecov[bot]", "commented"),
      pullRequestEventRows({ ...merged, size: [42, 8, 3] }),
      deployRows(deploy),
      shipmentRows(deploy, { 7: "m7" }),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.pull_request_cycles")).toEqual([
      {
        repository: "getsentry/sentry",
        number: 7,
        title: "Fix it",
        author: "mira",
        author_is_bot: false,
        base_branch: "master",
        begun_at: at(7),
        opened_at: at(8),
        ready_at: at(10),
        first_review_at: at(11),
        approved_at: at(14),
        merged_at: at(16),
        deployed_at: at(18),
        coding_seconds: 3 * HOUR,
        pickup_seconds: HOUR,
        review_seconds: 3 * HOUR,
        merge_seconds: 2 * HOUR,
        deploy_seconds: 2 * HOUR,
        begun_to_merged_seconds: 9 * HOUR,
        additions: 42,
        deletions: 8,
        changed_lines: 50,
        changed_files: 3,
        reviews: 3,
        reviewers: 1,
        review_rounds: 2,
        merged_by: "jonas",
        is_self_merged: false,
        is_revert: false,
        reverted_at: null,
        service: "getsentry",
        team: null,
        draft_seconds: 2 * HOUR,
      },
    ]);
  });

  it("a pull request without a review has neither pickup nor review nor merge", async () => {
    await warehouse.given(pullRequestEventRows({ ...merged, mergedBy: "mira" }));
    expect(
      await warehouse.rows(
        `SELECT coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, changed_lines, reviews, is_self_merged,
           draft_seconds
         FROM product_eng.pull_request_cycles`,
      ),
    ).toEqual([
      {
        coding_seconds: 0,
        pickup_seconds: null,
        review_seconds: null,
        merge_seconds: null,
        deploy_seconds: null,
        changed_lines: null,
        reviews: 0,
        is_self_merged: true,
        draft_seconds: 0,
      },
    ]);
  });

  it("a dismissed approval approves nothing", async () => {
    await warehouse.given(
      pullRequestEventRows(merged),
      reviewRows({ ...pull, review: 1, submitted: at(9), by: "jonas", state: "approved", author: "mira" }),
      reviewRows({
        ...pull,
        review: 1,
        submitted: at(9),
        by: "jonas",
        state: "dismissed",
        author: "mira",
        received: at(12),
      }),
      review(2, 15, "lena", "approved"),
    );
    expect(await warehouse.rows("SELECT approved_at FROM product_eng.pull_request_cycles")).toEqual([
      { approved_at: at(15) },
    ]);
  });
});

describe("pull_requests_by_period", () => {
  it("counts merged pull requests of people, how many were reverted, and exact percentiles with their number", async () => {
    const one = (number: number, opened: string, end: string, more = {}) =>
      pullRequestEventRows({
        number,
        branch: `b${number}`,
        opened,
        merged: end,
        mergeCommit: `abcdef${number}`,
        mergedBy: "mira",
        ...more,
      });
    await warehouse.given(
      one(1, at(8), at(9), { size: [10, 0, 1] }),
      one(2, at(8), at(9), { size: [20, 10, 2] }),
      one(3, at(10), at(11), {
        title: 'Revert "Fix it"',
        body: "Reverts getsentry/sentry#1",
        size: [0, 10, 1],
      }),
      one(4, at(8), at(9), { author: "renovate[bot]" }),
      // The first week of March 2025 began on the 3rd, the second on the 10th.
      one(5, at(8, 10), at(9, 10)),
      pushRows({
        branch: "master",
        received: at(12, 11),
        commits: [{ at: at(12, 11), message: 'Revert "Fix it"\n\nThis reverts commit abcdef5' }],
      }),
    );
    const rows = await warehouse.rows(
      `SELECT period_start, is_partial, merged_pull_requests, unreviewed, self_merged, reverts, reverted, revert_rate,
         changed_lines_p50, changed_lines_p90, sizes, coding_seconds_p50, pickup_times
       FROM product_eng.pull_requests_by_period WHERE period = 'week' ORDER BY period_start`,
    );
    expect(rows).toEqual([
      {
        period_start: "2025-03-03",
        is_partial: false,
        merged_pull_requests: 3,
        unreviewed: 3,
        self_merged: 3,
        reverts: 1,
        reverted: 1,
        revert_rate: 1 / 3,
        changed_lines_p50: 10,
        changed_lines_p90: expect.closeTo(26),
        sizes: 3,
        coding_seconds_p50: 0,
        pickup_times: 0,
      },
      expect.objectContaining({ period_start: "2025-03-10", is_partial: true, reverted: 1, revert_rate: 1 }),
    ]);
  });
});

describe("review_load_by_period", () => {
  it("counts the reviews of each reviewer, and no answer of the author", async () => {
    await warehouse.given(
      review(1, 9, "jonas", "changes_requested"),
      review(2, 10, "jonas", "approved"),
      review(3, 11, "lena", "commented"),
      review(4, 12, "mira", "commented"),
      review(2, 10, "jonas", "approved"),
    );
    expect(
      await warehouse.rows(
        `SELECT reviewer, reviews, pull_requests, approvals, requests_for_changes
         FROM product_eng.review_load_by_period WHERE period = 'quarter' ORDER BY reviewer`,
      ),
    ).toEqual([
      { reviewer: "jonas", reviews: 2, pull_requests: 1, approvals: 1, requests_for_changes: 1 },
      { reviewer: "lena", reviews: 1, pull_requests: 1, approvals: 0, requests_for_changes: 0 },
    ]);
  });
});

describe("open_pull_requests", () => {
  it.each<[string, Parameters<FrozenWarehouse["given"]>, Record<string, unknown>]>([
    [
      "review, from its opening",
      [pullRequestEventRows(pull)],
      { waits_for: "review", age_seconds: 220 * HOUR, idle_seconds: 220 * HOUR, age_group: "4 1 to 4 weeks" },
    ],
    [
      "its author, after a request for changes",
      [
        pullRequestEventRows(pull),
        review(1, 9, "jonas", "changes_requested"),
        review(2, 10, "lena", "approved"),
      ],
      { waits_for: "author", idle_seconds: 218 * HOUR },
    ],
    [
      "its merge, once the same reviewer approved",
      [
        pullRequestEventRows(pull),
        review(1, 9, "jonas", "changes_requested"),
        review(2, 10, "jonas", "approved"),
      ],
      { waits_for: "merge" },
    ],
    [
      "nothing, as a draft",
      [pullRequestEventRows({ ...pull, draft: true })],
      { waits_for: "draft", is_draft: true },
    ],
  ])("a pull request waits for %s", async (_, rows, expected) => {
    await warehouse.given(...rows);
    expect(await warehouse.rows("SELECT * FROM product_eng.open_pull_requests")).toEqual([
      expect.objectContaining(expected),
    ]);
  });

  it("a closed pull request is not open", async () => {
    await warehouse.given(pullRequestEventRows(merged));
    expect(await warehouse.rows("SELECT * FROM product_eng.open_pull_requests")).toEqual([]);
  });
});
