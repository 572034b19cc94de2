import { describe, expect, it } from "vitest";
import { githubEvent } from "../../shared/events/event.ts";
import { normalize } from "./normalize.ts";
import { webhookExamples } from "./webhook-examples.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const repository = {
  id: 1,
  full_name: "getsentry/sentry",
  private: false,
  owner: { login: "getsentry", id: 2, type: "Organization" },
};
const sender = { id: 3, login: "mira-okafor", type: "User" };

function normalized(event: string, payload: Record<string, unknown>) {
  return normalize({ id: "delivery", event, payload, receivedAt });
}

describe("every example of Octokit", () => {
  it.each(webhookExamples)("$name normalizes to a valid GitHub event", ({ event, payload }) => {
    const result = normalized(event, payload);
    expect(githubEvent.parse(result)).toEqual(result);
    expect(result.payload).toBe(payload);
    expect(result.type.split(".").slice(0, 2)).toEqual(["github", event]);
    expect(result.actor?.name ?? null).toBe(
      (payload.sender as { login?: string } | undefined)?.login ?? null,
    );
  });

  it("has the time of its main object, except for events without a time", () => {
    const timeless = webhookExamples.filter(
      ({ event, payload }) => normalized(event, payload).time === receivedAt.toISOString(),
    );
    const events = [...new Set(timeless.map(({ event }) => event))].sort();
    // The payloads of these events have no time; a removed star has no starred_at.
    expect(events).toEqual([
      "github_app_authorization",
      "gollum",
      "label",
      "member",
      "membership",
      "org_block",
      "organization",
      "public",
      "repository_dispatch",
      "repository_import",
      "star",
      "team",
      "team_add",
      "watch",
      "workflow_dispatch",
    ]);
  });
});

describe("the subject of an event", () => {
  it.each([
    ["issues", { repository, issue: { number: 7 } }, "getsentry/sentry#7"],
    ["issue_comment", { repository, issue: { number: 7 }, comment: { id: 1 } }, "getsentry/sentry#7"],
    ["pull_request", { repository, number: 8, pull_request: { number: 8 } }, "getsentry/sentry#8"],
    ["discussion", { repository, discussion: { number: 9 } }, "getsentry/sentry#9"],
    ["check_suite", { repository, check_suite: { head_sha: "abc" } }, "getsentry/sentry@abc"],
    [
      "deployment_status",
      { repository, deployment: { sha: "abc" }, deployment_status: {} },
      "getsentry/sentry@abc",
    ],
    ["status", { repository, sha: "abc" }, "getsentry/sentry@abc"],
    ["push", { repository, ref: "refs/heads/master" }, "getsentry/sentry@refs/heads/master"],
    ["release", { repository, release: { tag_name: "1.0" } }, "getsentry/sentry@1.0"],
    ["dependabot_alert", { repository, alert: { number: 3 } }, "getsentry/sentry"],
    ["star", { repository }, "getsentry/sentry"],
    // A milestone has its own sequence of numbers.
    ["milestone", { repository, milestone: { number: 7 } }, "getsentry/sentry"],
    ["sponsorship", { sender: { ...sender, login: "" } }, "github"],
    ["organization", { organization: { login: "getsentry" }, sender }, "getsentry"],
    ["installation", { installation: { id: 1, account: { login: "getsentry" } }, sender }, "getsentry"],
    ["sponsorship", { sender }, "mira-okafor"],
    ["security_advisory", {}, "github"],
  ])("of %s names the object that it is about", (event, payload, subject) => {
    const complete = structuredClone(payload) as Record<string, Record<string, unknown>>;
    if (complete.comment) Object.assign(complete.comment, { user: null });
    expect(normalized(event, complete).subject).toBe(subject);
  });

  it.each(["ä", "e\u0301", "\u{1F600}", "漢"])(
    "is cut to the length that Pub/Sub allows, between characters: %s",
    (character) => {
      for (const shift of ["", "x", "xx", "xxx"]) {
        const { subject } = normalized("push", { repository, ref: `${shift}${character.repeat(1000)}` });
        expect(Buffer.byteLength(subject)).toBeLessThanOrEqual(1000);
        expect(Buffer.byteLength(subject)).toBeGreaterThan(996);
        expect(Buffer.from(subject).toString()).toBe(subject);
        expect(subject).not.toContain("\uFFFD");
      }
    },
  );
});

describe("an event", () => {
  it("of a future type is accepted", () => {
    const event = normalized("merge_train", { action: "boarded", repository, sender });
    expect(event).toMatchObject({
      type: "github.merge_train.boarded",
      subject: "getsentry/sentry",
      actor: { name: "mira-okafor" },
    });
    expect(githubEvent.parse(event)).toEqual(event);
  });

  it("without an action has a type of two parts", () => {
    expect(normalized("push", { repository, ref: "refs/heads/master", sender }).type).toBe("github.push");
  });

  it.each([
    ["check_run", { repository, check_run: { id: 1 } }, "check_run.name"],
    ["pull_request", { repository }, "pull_request"],
    ["issues", { repository, issue: { number: "7" } }, "issue.number"],
    ["push", { repository: { id: 1 } }, "repository.full_name"],
  ])("%s without a required field is rejected and the error names the field", (event, payload, field) => {
    expect(() => normalized(event, payload)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining(field) }),
    );
  });
});

describe("the time of a push", () => {
  const head_commit = { id: "a", timestamp: "2009-03-14T15:09:26-07:00" };
  it.each([
    ["push", { ref: "refs/heads/old", head_commit }],
    ["push", { ref: "refs/heads/gone", head_commit: null, deleted: true }],
    ["create", { ref: "old" }],
    ["delete", { ref: "old" }],
  ])("%s %j is that of the repository, else of its arrival, not that of a commit", (event, payload) => {
    const time = (pushed_at?: unknown) =>
      normalized(event, { ...payload, repository: { ...repository, pushed_at } }).time;
    expect(time(1793638860)).toBe("2026-11-02T17:01:00.000Z");
    expect(time("2026-11-02T17:01:00Z")).toBe("2026-11-02T17:01:00.000Z");
    expect([time(), time(null), time(0)]).toEqual(Array(3).fill(receivedAt.toISOString()));
  });
});

describe("the branches of a pull request", () => {
  it.each([
    ["closed", "master", "master"],
    ["dequeued", "refs/heads/master", "master"],
    ["dequeued", "refs/heads/release/1.0", "release/1.0"],
    ["opened", null, null],
  ])("of %s with base %j are named without refs/heads/: %j", (action, ref, branch) => {
    const pull_request = { number: 1, head: { ref }, base: { ref } };
    expect(
      normalized("pull_request", { action, repository, sender, pull_request }).pullRequest,
    ).toMatchObject({ baseBranch: branch, headBranch: branch });
  });
});

describe("a job of GitHub Actions", () => {
  it("has its runner's labels, its attempt and its times", () => {
    const example = webhookExamples.find(({ name }) => name === "workflow_job#1");
    expect(normalized("workflow_job", example?.payload ?? {}).workflowJob).toEqual({
      id: 289782451,
      runId: 2202229078,
      runAttempt: 1,
      name: "linters",
      workflowName: "CodeQL",
      status: "completed",
      conclusion: "failure",
      labels: ["ubuntu-latest"],
      runnerName: "GitHub Actions 5",
      runnerGroup: "GitHub Actions",
      headSha: "3484a3fb816e0859fd6e1cea078d76385ff50625",
      headBranch: "main",
      url: "https://github.com/octo-org/octo-repo/runs/1291536064",
      createdAt: "2021-08-05T10:33:58.000Z",
      startedAt: "2021-08-05T10:34:58.000Z",
      completedAt: "2021-08-05T10:38:16.000Z",
    });
  });
});

describe("a merge group", () => {
  const merge_group = {
    head_sha: "2ffea6db",
    head_ref: "refs/heads/gh-readonly-queue/main/pr-104-929f8209d40f",
    base_sha: "380387fb",
    base_ref: "refs/heads/main",
    head_commit: { id: "2ffea6db", timestamp: "2026-11-02T16:00:00Z" },
  };

  it.each([
    ["checks_requested", undefined, null, "2026-11-02T16:00:00.000Z"],
    ["destroyed", "merged", "merged", receivedAt.toISOString()],
  ])("that is %s has its pull request, reason and time", (action, sent, reason, time) => {
    const event = normalized("merge_group", { action, repository, sender, merge_group, reason: sent });
    expect(event).toMatchObject({
      time,
      mergeGroup: { pullRequest: 104, baseBranch: "main", headSha: "2ffea6db", reason },
    });
  });

  it.each([
    [{}, null],
    [{ reason: "CI_FAILURE" }, "CI_FAILURE"],
  ])("loses a pull request with %j", (sent, dequeueReason) => {
    const pull_request = {
      number: 1,
      additions: 3,
      deletions: 2,
      changed_files: 1,
      commits: 2,
      draft: false,
    };
    expect(
      normalized("pull_request", { action: "dequeued", repository, sender, pull_request, ...sent }),
    ).toMatchObject({
      dequeueReason,
      pullRequest: { additions: 3, deletions: 2, changedFiles: 1, commits: 2, isDraft: false },
    });
  });
});

describe("a check run", () => {
  it("takes the repository of each pull request from the API's URL", () => {
    const event = normalized("check_run", {
      action: "completed",
      repository,
      check_run: {
        id: 5,
        name: "tests",
        status: "completed",
        conclusion: "success",
        head_sha: "abc",
        started_at: "2026-11-02T17:00:00Z",
        completed_at: "2026-11-02T17:05:00Z",
        check_suite: { head_branch: "fix" },
        pull_requests: [
          {
            number: 1,
            head: { sha: "abc", ref: "fix" },
            base: {
              sha: "def",
              ref: "master",
              repo: { id: 1, url: "https://api.github.com/repos/getsentry/sentry", name: "sentry" },
            },
          },
        ],
      },
    });
    expect(event.checkRun).toMatchObject({
      headBranch: "fix",
      completedAt: "2026-11-02T17:05:00.000Z",
      pullRequests: [{ number: 1, headSha: "abc", baseSha: "def", baseRepository: "getsentry/sentry" }],
    });
    expect(event).toMatchObject({ subject: "getsentry/sentry@abc", time: "2026-11-02T17:05:00.000Z" });
  });
});
