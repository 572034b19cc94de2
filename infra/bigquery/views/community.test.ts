import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commentRows, issueRows, pullRequestEventRows, reviewRows } from "../testing/example-github-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

type Rows = Parameters<FrozenWarehouse["given"]>;

const HOUR = 3600;
interface Person {
  by: string;
  userType: "bot" | "internal" | "external";
}
const external: Person = { by: "robin", userType: "external" };
const internal: Person = { by: "mira", userType: "internal" };
const bot: Person = { by: "renovate", userType: "bot" };
const issue = { number: 7, opened: "2025-03-03T10:00:00Z" };
const pull = { number: 8, author: "robin", opened: "2025-03-03T10:00:00Z" };
const at = (hour: number) => `2025-03-03T${hour}:00:00Z`;

describe("contributions", () => {
  it("an issue has its author, its end and the first response by an internal person", async () => {
    const response = commentRows({ ...internal, number: 7, comment: 3, at: at(13) });
    await warehouse.given(
      issueRows({ ...issue, ...internal, action: "closed", updated: at(15) }),
      response,
      response,
      commentRows({ ...internal, number: 7, comment: 4, at: at(14) }),
      commentRows({ ...external, number: 7, comment: 1, at: at(11) }),
      commentRows({ ...bot, number: 7, comment: 2, at: at(12) }),
      issueRows({ ...issue, ...external }),
    );
    expect(await warehouse.rows("SELECT * FROM open_source.contributions")).toEqual([
      {
        repository: "getsentry/sentry",
        kind: "issue",
        number: 7,
        author: "robin",
        author_type: "external",
        state: "closed",
        opened_at: "2025-03-03T10:00:00.000Z",
        closed_at: "2025-03-03T15:00:00.000Z",
        merged_at: null,
        first_response_at: "2025-03-03T13:00:00.000Z",
        first_response_seconds: 3 * HOUR,
        review_requested_at: null,
        first_review_at: null,
        review_turnaround_seconds: null,
      },
    ]);
  });

  const opened = pullRequestEventRows({ ...pull, ...external });
  const review = (hour: number, who: Person) =>
    reviewRows({ ...pull, ...who, review: hour, submitted: at(hour) });

  it.each<[what: string, rows: Rows, row: Record<string, unknown>]>([
    [
      "a review is a response",
      [opened, review(12, internal)],
      { first_response_seconds: 2 * HOUR, review_turnaround_seconds: 2 * HOUR },
    ],
    [
      "review turnaround starts at the first request",
      [
        opened,
        pullRequestEventRows({ ...pull, ...external, action: "review_requested", updated: at(13) }),
        pullRequestEventRows({ ...pull, ...external, action: "review_requested", updated: at(15) }),
        review(11, internal),
        review(16, internal),
      ],
      {
        first_response_seconds: HOUR,
        review_requested_at: "2025-03-03T13:00:00.000Z",
        review_turnaround_seconds: 3 * HOUR,
      },
    ],
    [
      "reviews by a bot or by the author do not count",
      [opened, review(11, bot), review(12, external)],
      { first_response_at: null, first_review_at: null },
    ],
    [
      "a review by an external person counts as a review, not as a response",
      [opened, review(12, { by: "kim", userType: "external" })],
      { first_response_at: null, review_turnaround_seconds: 2 * HOUR },
    ],
    [
      "an internal author's own comment is no response",
      [
        issueRows({ ...issue, ...internal }),
        commentRows({ ...internal, number: 7, comment: 1, at: at(11) }),
        commentRows({ by: "jonas", userType: "internal", number: 7, comment: 2, at: at(12) }),
      ],
      { first_response_seconds: 2 * HOUR },
    ],
    [
      "an edited comment is no new comment",
      [
        issueRows({ ...issue, ...external }),
        commentRows({ ...internal, number: 7, comment: 1, at: at(11), action: "edited" }),
      ],
      { first_response_at: null },
    ],
    [
      "a comment in another repository is no response",
      [
        issueRows({ ...issue, ...external }),
        commentRows({ ...internal, repository: "getsentry/relay", number: 7, comment: 1, at: at(11) }),
      ],
      { first_response_at: null },
    ],
    [
      "a merged pull request has its time of merging",
      [opened, pullRequestEventRows({ ...pull, ...internal, merged: at(14) })],
      {
        state: "merged",
        author: "robin",
        closed_at: "2025-03-03T14:00:00.000Z",
        merged_at: "2025-03-03T14:00:00.000Z",
      },
    ],
    [
      "a reopened pull request is open",
      [
        issueRows({ ...issue, ...external }),
        issueRows({ ...issue, ...internal, action: "closed", updated: at(11) }),
        issueRows({ ...issue, ...external, action: "reopened", updated: at(12) }),
      ],
      { state: "open", closed_at: null },
    ],
    [
      "without the event of its opening a pull request has a time of opening and no author",
      [issueRows({ ...issue, ...internal, action: "labeled", updated: at(11) })],
      { author: null, author_type: null, state: "open", opened_at: "2025-03-03T10:00:00.000Z" },
    ],
    [
      "the author's own comment is no response, also if the issue was opened before its events were received",
      [
        issueRows({ ...issue, ...external, author: "mira", action: "labeled", updated: at(11) }),
        commentRows({ ...internal, number: 7, comment: 1, at: at(12) }),
      ],
      { author: "mira", first_response_at: null },
    ],
    [
      "the turnaround of a draft starts when it is ready for review",
      [
        pullRequestEventRows({ ...pull, ...external, draft: true }),
        pullRequestEventRows({
          ...pull,
          ...external,
          action: "ready_for_review",
          updated: "2025-03-07T10:00:00Z",
        }),
        reviewRows({ ...pull, ...internal, review: 1, submitted: "2025-03-07T11:00:00Z" }),
      ],
      { review_turnaround_seconds: HOUR },
    ],
    [
      "the change to daylight saving does not change the time to first response",
      [
        issueRows({ ...issue, ...external, opened: "2025-03-09T09:30:00Z" }),
        commentRows({ ...internal, number: 7, comment: 1, at: "2025-03-09T10:30:00Z" }),
      ],
      { first_response_seconds: HOUR },
    ],
  ])("%s", async (_, rows, row) => {
    await warehouse.given(...rows);
    expect(await warehouse.rows("SELECT * FROM open_source.contributions")).toEqual([
      expect.objectContaining(row),
    ]);
  });
});

describe("activity_by_day", () => {
  it("a row counts openings, closings and merges per type of actor and UTC day", async () => {
    const closing = issueRows({ ...issue, ...internal, action: "closed", updated: "2025-03-05T00:00:00Z" });
    await warehouse.given(
      issueRows({ ...issue, ...external }),
      issueRows({ ...issue, ...external, number: 9, opened: "2025-03-03T23:59:59Z" }),
      closing,
      closing,
      issueRows({ ...issue, ...internal, action: "labeled", updated: "2025-03-05T00:00:00Z" }),
      pullRequestEventRows({ ...pull, ...internal, merged: "2025-03-05T10:00:00Z" }),
      pullRequestEventRows({ ...pull, ...internal, number: 10, closed: "2025-03-05T10:00:00Z" }),
      pullRequestEventRows({ ...pull, by: "mira", userType: null, repository: "mira/blog" }),
    );
    const rows = await warehouse.rows(
      "SELECT * FROM open_source.activity_by_day ORDER BY repository, kind, day, user_type",
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      // repository, kind, user_type, day, opened, closed, merged, reopened, people
      ["getsentry/sentry", "issue", "external", "2025-03-03", 2, 0, 0, 0, 1],
      ["getsentry/sentry", "issue", "internal", "2025-03-05", 0, 1, 0, 0, 1],
      ["getsentry/sentry", "pull_request", "internal", "2025-03-05", 0, 1, 1, 0, 1],
      ["mira/blog", "pull_request", null, "2025-03-03", 1, 0, 0, 0, 1],
    ]);
  });
});

describe("responses_by_day", () => {
  it("a row has the response times and the answered share of a day's openings", async () => {
    const opened = (number: number) => issueRows({ ...issue, ...external, number });
    await warehouse.given(
      ...[1, 2, 3, 4].map(opened),
      commentRows({ ...internal, number: 1, comment: 1, at: at(11) }),
      commentRows({ ...internal, number: 2, comment: 2, at: at(12) }),
      commentRows({ ...internal, number: 3, comment: 3, at: "2025-03-04T10:00:00Z" }),
      issueRows({ ...issue, ...internal, number: 5 }),
    );
    const rows = await warehouse.rows(
      "SELECT * EXCEPT (repository) FROM open_source.responses_by_day ORDER BY author_type",
    );
    expect(rows).toEqual([
      {
        kind: "issue",
        author_type: "external",
        day: "2025-03-03",
        opened: 4,
        answered: 3,
        answered_share: 0.75,
        first_response_seconds_p50: 2 * HOUR,
        first_response_seconds_p90: expect.closeTo(19.6 * HOUR),
        reviewed: 0,
        review_turnaround_seconds_p50: null,
        review_turnaround_seconds_p90: null,
      },
      expect.objectContaining({ author_type: "internal", opened: 1, answered: 0, answered_share: 0 }),
    ]);
  });
});
