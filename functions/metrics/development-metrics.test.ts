import { describe, expect, it } from "vitest";
import type { GitHubEvent } from "../../shared/events/event.ts";
import { toCheckRunMetrics } from "./development-metrics.ts";

type CheckRun = NonNullable<GitHubEvent["checkRun"]>;

const run: CheckRun = {
  id: 900,
  name: "getsentry required checks",
  status: "completed",
  conclusion: "success",
  headSha: "abc",
  headBranch: "fix",
  url: null,
  startedAt: "2026-11-02T17:00:00.000Z",
  completedAt: "2026-11-02T17:05:00.000Z",
  pullRequests: [],
};
const pull = (number: number, baseRepository: string | null) => ({
  number,
  headSha: "abc",
  baseSha: `base${number}`,
  baseRepository,
});

function event(checkRun?: CheckRun): GitHubEvent {
  return {
    id: "1",
    source: "github",
    type: "github.check_run.completed",
    subject: "getsentry/sentry@abc",
    time: "2026-11-02T17:05:00.000Z",
    receivedAt: "2026-11-02T17:05:01.000Z",
    event: "check_run",
    action: "completed",
    actor: null,
    repository: {
      id: 1,
      fullName: "getsentry/sentry",
      owner: "getsentry",
      ownerType: "Organization",
      private: false,
    },
    organization: "getsentry",
    installationId: null,
    payload: {},
    ...(checkRun && { checkRun }),
  };
}

describe("the row of a check run", () => {
  it("has every column that Looker reads", () => {
    const [row] = toCheckRunMetrics(
      event({ ...run, pullRequests: [pull(7, "getsentry/sentry")] }),
      "getsentry",
    );
    expect(row).toEqual({
      object_id: 7,
      source_id: 900,
      parent_id: null,
      event: "build_passed",
      source: "github",
      start_timestamp: "2026-11-02T17:00:00.000Z",
      end_timestamp: "2026-11-02T17:05:00.000Z",
      meta: JSON.stringify({
        type: "check_run",
        name: "getsentry required checks",
        head_commit: "abc",
        base_commit: "base7",
        repo: "getsentry/sentry",
        branch: "fix",
      }),
    });
  });

  it.each([
    ["queued", null, "build_queued"],
    ["in_progress", null, "build_started"],
    ["completed", "success", "build_passed"],
    ["completed", "failure", "build_failed"],
    ["completed", "cancelled", "build_canceled"],
    ["completed", "neutral", "build_neutral"],
    ["completed", "skipped", "build_skipped"],
    ["completed", "timed_out", "build_timed_out"],
    ["completed", null, "build_completed"],
  ])("of status %s and conclusion %s is %s", (status, conclusion, name) => {
    expect(toCheckRunMetrics(event({ ...run, status, conclusion }), "getsentry")[0]?.event).toBe(name);
  });

  it.each([
    ["no pull request", [], null],
    ["only a pull request in a fork", [pull(1, "someone/sentry")], null],
    ["a pull request in a fork first", [pull(1, "someone/sentry"), pull(2, "getsentry/sentry")], 2],
    [
      "two repositories of the organization",
      [pull(3, "getsentry/getsentry"), pull(2, "getsentry/sentry")],
      2,
    ],
    ["another repository of the organization", [pull(3, "getsentry/getsentry")], 3],
    ["an organization whose name has the same prefix", [pull(1, "getsentry-fork/sentry")], null],
    ["a repository without a name", [pull(1, null)], null],
    ["names in another case", [pull(4, "GetSentry/Sentry")], 4],
  ])("with %s has object_id %s", (_, pullRequests, number) => {
    expect(toCheckRunMetrics(event({ ...run, pullRequests }), "getsentry")[0]?.object_id).toBe(number);
  });

  it("does not exist for other events", () => {
    expect(toCheckRunMetrics(event(), "getsentry")).toEqual([]);
  });
});
