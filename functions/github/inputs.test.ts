import { describe, expect, it } from "vitest";
import { githubEvent } from "../../shared/events/event.ts";
import { parseLossless, stringifyLossless } from "../../shared/events/lossless-json.ts";
import { toStorable } from "../../shared/events/to-storable.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const organization = { id: 2, login: "getsentry" };
const repository = {
  id: 1,
  full_name: "getsentry/sentry",
  private: false,
  owner: { login: "getsentry", id: 2, type: "Organization" },
};
const sender = { id: 3, login: "mira-okafor", type: "User" };
const fork = { id: 9, full_name: "mira-okafor/sentry", owner: { login: "mira-okafor", type: "User" } };

/** The event that is published for a payload. */
function publish(event: string, payload: Record<string, unknown>) {
  const published = toStorable(normalize({ id: "delivery", event, payload, receivedAt }), 0);
  expect(githubEvent.parse(published)).toEqual(published);
  return published;
}

const pull_request = {
  number: 7,
  title: "Fix it",
  user: sender,
  state: "open",
  merged: false,
  head: { sha: "a", ref: "fix", repo: fork },
  base: { sha: "b", ref: "master", repo: repository },
};
const check_run = { id: 5, name: "tests", status: "completed", conclusion: "success", head_sha: "a" };
const issue = { number: 7, title: "It broke", user: sender, state: "open" };
const wrong = [5, -1, 1.5, 2 ** 60, true, "", "text", {}, { id: "x" }, [], [null], [5], null, undefined];

describe("a field that identifies nothing may have any type", () => {
  const optionalFields: [string, Record<string, unknown>, string[]][] = [
    ["star", { repository, sender }, ["action", "sender", "organization", "installation", "label", "future"]],
    ["star", { repository, sender }, ["requested_reviewer", "requested_team", "starred_at"]],
    ["issues", { repository, issue }, ["label", "sender"]],
    ["pull_request", { repository, pull_request }, ["requested_reviewer", "requested_team", "label"]],
  ];
  it.each(
    optionalFields.flatMap(([event, payload, names]) => names.map((name) => [name, event, payload] as const)),
  )("%s of %s", (name, event, payload) => {
    for (const value of wrong) expect(publish(event, { ...payload, [name]: value }).event).toBe(event);
  });

  it.each(
    [
      ["title", "user", "state", "merged", "merged_at", "merge_commit_sha", "head", "base", "created_at"],
      ["updated_at", "closed_at", "draft", "milestone", "auto_merge", "additions", "merged_by", "commits"],
    ].flat(),
  )("%s of a pull request", (name) => {
    for (const value of wrong)
      expect(
        publish("pull_request", { repository, pull_request: { ...pull_request, [name]: value } }),
      ).toMatchObject({
        subject: "getsentry/sentry#7",
        pullRequest: { number: 7 },
      });
  });

  it.each([
    "conclusion",
    "html_url",
    "started_at",
    "completed_at",
    "check_suite",
    "pull_requests",
    "output",
    "app",
  ])("%s of a check run", (name) => {
    for (const value of wrong)
      expect(publish("check_run", { repository, check_run: { ...check_run, [name]: value } })).toMatchObject({
        subject: "getsentry/sentry@a",
        checkRun: { id: 5, name: "tests" },
      });
  });

  it.each(["title", "user", "state", "pull_request", "created_at", "updated_at", "closed_at"])(
    "%s of an issue",
    (name) => {
      for (const value of wrong)
        expect(publish("issues", { repository, issue: { ...issue, [name]: value } }).issue?.number).toBe(7);
    },
  );

  it.each(["private", "owner", "fork", "pushed_at", "default_branch"])("%s of a repository", (name) => {
    for (const value of wrong)
      expect(
        publish("push", { ref: "refs/heads/a", repository: { ...repository, [name]: value } }),
      ).toMatchObject({
        subject: "getsentry/sentry@refs/heads/a",
        repository: { owner: "getsentry" },
      });
  });

  it("one unknown entry of a list leaves its neighbours", () => {
    const pull_requests = [null, 5, { number: "x" }, { number: 8, base: 5 }, { number: 9 }];
    expect(
      publish("check_run", { repository, check_run: { ...check_run, pull_requests } }).checkRun?.pullRequests,
    ).toEqual([
      { number: 8, headSha: null, baseSha: null, baseRepository: null },
      { number: 9, headSha: null, baseSha: null, baseRepository: null },
    ]);
  });
});

describe("a number of GitHub", () => {
  it.each(["2147483648", "16903214587", "9007199254740991"])("%s identifies a check run", (digits) => {
    const payload = parseLossless(
      `{"check_run":{"id":${digits},"name":"a","status":"queued","head_sha":"a"}}`,
    );
    const event = publish("check_run", payload as Record<string, unknown>);
    expect([String(event.checkRun?.id), stringifyLossless(event.payload)]).toEqual([
      digits,
      stringifyLossless(payload),
    ]);
  });

  it("above 2^53 that identifies a check run is refused, with the field's name", () => {
    const payload = parseLossless(
      '{"check_run":{"id":9007199254740993,"name":"a","status":"queued","head_sha":"a"}}',
    );
    expect(() => publish("check_run", payload as Record<string, unknown>)).toThrow(/check_run\.id/);
  });

  it.each(["9007199254740993", "1152921506151679042", "18446744073709551615"])(
    "%s keeps its digits in the actor and in the payload, and refuses nothing elsewhere",
    (digits) => {
      const text = `{"sender":{"id":${digits},"login":"mira"},"installation":{"id":${digits}},"label":{"id":${digits},"name":"bug"},"requested_team":{"id":${digits},"name":"t"},"client_payload":{"id":${digits}}}`;
      const event = publish("issues", { ...(parseLossless(text) as object), repository, issue });
      expect(event).toMatchObject({
        actor: { id: digits },
        installationId: null,
        label: { id: null, name: "bug" },
      });
      expect(stringifyLossless(event.payload)).toContain(text.slice(1, -1));
    },
  );
});

describe("a person", () => {
  it.each<[string, unknown, unknown]>([
    ["a ghost", null, null],
    ["nobody", undefined, null],
    [
      "a bot",
      { id: 4, login: "dependabot[bot]", type: "Bot" },
      { id: "4", name: "dependabot[bot]", type: "bot" },
    ],
    [
      "a managed user",
      { id: 4, login: "mira_acme", type: "User" },
      { id: "4", name: "mira_acme", type: "user" },
    ],
    [
      "a renamed login",
      { id: 3, login: "Mira-Okafor", type: "User" },
      { id: "3", name: "Mira-Okafor", type: "user" },
    ],
    [
      "an organization",
      { id: 2, login: "getsentry", type: "Organization" },
      { id: "2", name: "getsentry", type: "organization" },
    ],
    ["an unknown type", { id: 4, login: "x", type: "Mannequin" }, { id: "4", name: "x", type: null }],
    ["a login alone", { login: "x" }, { id: null, name: "x", type: null }],
  ])("%s is the actor", (_, sent, actor) => {
    expect(publish("star", { repository, sender: sent }).actor).toEqual(actor);
  });

  it("that is a ghost is the author of nothing, and no reviewer", () => {
    const review = { id: 1, user: null, state: "approved", submitted_at: "2026-11-02T17:00:00Z" };
    const event = publish("pull_request_review", {
      repository,
      review,
      pull_request: { ...pull_request, user: null },
    });
    expect([event.review?.author, event.pullRequest?.author, event.pullRequest?.requestedReviewer]).toEqual([
      null,
      null,
      null,
    ]);
    const comment = { id: 2, user: null };
    expect(publish("issue_comment", { repository, comment, issue: { ...issue, user: null } })).toMatchObject({
      issue: { author: null },
      comment: { author: null },
    });
  });
});

describe("a repository", () => {
  it("of a fork is named in its pushes: its master is not the master of this organization", () => {
    const event = publish("push", { ref: "refs/heads/master", repository: { ...fork, fork: true }, sender });
    expect(event).toMatchObject({
      subject: "mira-okafor/sentry@refs/heads/master",
      organization: null,
      repository: { fullName: "mira-okafor/sentry", owner: "mira-okafor", ownerType: "User" },
    });
  });

  it.each([
    ["deleted", { ...pull_request.head, repo: null }],
    ["unknown", null],
  ])("of a head that is %s does not refuse the pull request", (_, head) => {
    expect(
      publish("pull_request", { repository, pull_request: { ...pull_request, head } }).pullRequest?.number,
    ).toBe(7);
  });

  const queued = "gh-readonly-queue/master/pr-7-a";
  it("in a merge queue has checks on the queue's branch, not on master", () => {
    const inQueue = { ...check_run, check_suite: { head_branch: queued } };
    expect(publish("check_run", { repository, check_run: inQueue }).checkRun?.headBranch).toBe(queued);
    expect(publish("push", { repository, ref: `refs/heads/${queued}` }).subject).toBe(
      `getsentry/sentry@refs/heads/${queued}`,
    );
    const merge_group = { head_sha: "a", head_ref: `refs/heads/${queued}`, base_ref: "refs/heads/master" };
    expect(publish("merge_group", { action: "checks_requested", repository, merge_group }).subject).toBe(
      "getsentry/sentry@a",
    );
  });

  it.each([
    ["transferred", { changes: { owner: { from: { organization } } } }],
    ["renamed", { changes: { repository: { name: { from: "raven" } } } }],
    ["deleted", {}],
  ])("that was %s has its present name", (action, more) => {
    expect(publish("repository", { action, repository, organization, sender, ...more })).toMatchObject({
      type: `github.repository.${action}`,
      subject: "getsentry/sentry",
      organization: "getsentry",
    });
  });
});

describe("text", () => {
  it.each([
    ["NUL", "a\0b", "a\uFFFDb"],
    ["half an emoji", "a\ud83d", "a\uFFFD"],
    ["an emoji", "\u{1F600}", "\u{1F600}"],
    ["a right-to-left mark", "\u202Eabc", "\u202Eabc"],
    ["nothing", "", ""],
  ])("with %s is stored in every field", (_, sent, stored) => {
    const person = { ...sender, login: sent };
    const pull = { ...pull_request, title: sent, user: person, head: { sha: sent, ref: sent } };
    expect(
      publish("pull_request", { repository, sender: person, label: { name: sent }, pull_request: pull }),
    ).toMatchObject({
      actor: { name: stored },
      label: { name: stored },
      pullRequest: { title: stored, author: stored, headSha: stored, headBranch: stored },
    });
  });

  it("of 10 MB in a title and an action is published with a type that Pub/Sub accepts", () => {
    const long = "\u{1F600}".repeat(2_500_000);
    const event = publish("issues", { action: long, repository, issue: { ...issue, title: long } });
    expect(Buffer.byteLength(event.type)).toBeLessThanOrEqual(1024);
    expect(event.issue?.title).toHaveLength(long.length);
  });
});
