import { describe, expect, it } from "vitest";
import { normalize } from "../github/normalize.ts";
import { webhookExamples } from "../github/webhook-examples.ts";
import { classifyActor, toCommunityRows } from "./community-row.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const sender = { id: 3, login: "mira-okafor", type: "User" };
const repository = {
  id: 1,
  full_name: "getsentry/sentry",
  owner: { login: "getsentry", type: "Organization" },
};
const times = { created_at: "2026-11-01T00:00:00Z", updated_at: "2026-11-02T00:00:00Z" };
const issue = { number: 7, title: "It broke", ...times };
const pull_request = { number: 8, title: "Fix it", merged: false, ...times };

function rowOf(event: string, payload: Record<string, unknown>) {
  const rows = toCommunityRows(
    normalize({ id: "1", event, payload: { sender, repository, ...payload }, receivedAt }),
    "internal",
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0];
}

const common = { username: "mira-okafor", user_id: 3, user_type: "internal", repository: "getsentry/sentry" };
const dates = { created_at: "2026-11-01T00:00:00.000Z", updated_at: "2026-11-02T00:00:00.000Z" };
const noTarget = { target_id: null, target_name: null, target_type: null };

describe("a row of github_events", () => {
  it.each([
    [
      "an opened issue",
      "issues",
      { action: "opened", issue },
      { action: "opened", object_id: 7, ...dates, ...noTarget },
    ],
    [
      "a labeled issue",
      "issues",
      { action: "labeled", issue, label: { id: 50, name: "bug" } },
      { action: "labeled", object_id: 7, ...dates, target_id: 50, target_name: "bug", target_type: "label" },
    ],
    [
      "a comment",
      "issue_comment",
      { action: "created", issue, comment: { id: 60, ...times } },
      {
        action: "created",
        object_id: 60,
        ...dates,
        target_id: 7,
        target_name: "It broke",
        target_type: "issue",
      },
    ],
    [
      "a closed pull request",
      "pull_request",
      { action: "closed", pull_request },
      { action: "closed", object_id: 8, ...dates, ...noTarget },
    ],
    [
      "a merged pull request",
      "pull_request",
      { action: "closed", pull_request: { ...pull_request, merged: true } },
      { action: "merged", object_id: 8, ...dates, ...noTarget },
    ],
    [
      "a pull request that is edited after its merge",
      "pull_request",
      { action: "edited", pull_request: { ...pull_request, merged: true } },
      { action: "edited", object_id: 8, ...dates, ...noTarget },
    ],
    [
      "a requested reviewer",
      "pull_request",
      { action: "review_requested", pull_request, requested_reviewer: { id: 4, login: "jonas" } },
      {
        action: "review_requested",
        object_id: 8,
        ...dates,
        target_id: 4,
        target_name: "jonas",
        target_type: "user",
      },
    ],
    [
      "a team whose review request is removed",
      "pull_request",
      { action: "review_request_removed", pull_request, requested_team: { id: 5, name: "owners" } },
      {
        action: "review_request_removed",
        object_id: 8,
        ...dates,
        target_id: 5,
        target_name: "owners",
        target_type: "team",
      },
    ],
    [
      "an unlabeled pull request",
      "pull_request",
      { action: "unlabeled", pull_request, label: { id: 50, name: "bug" } },
      {
        action: "unlabeled",
        object_id: 8,
        ...dates,
        target_id: 50,
        target_name: "bug",
        target_type: "label",
      },
    ],
    [
      "a review",
      "pull_request_review",
      {
        action: "submitted",
        pull_request,
        review: { id: 70, state: "approved", submitted_at: "2026-11-02T01:00:00Z" },
      },
      {
        action: "submitted",
        object_id: 70,
        created_at: "2026-11-02T01:00:00.000Z",
        updated_at: "2026-11-02T01:00:00.000Z",
        target_id: 8,
        target_name: "approved",
        target_type: "pull_request",
      },
    ],
  ])("for %s", (_, event, payload, expected) => {
    expect(rowOf(event, payload)).toEqual({ type: event, ...common, ...expected });
  });

  it("exists for exactly four of GitHub's events", () => {
    const events = webhookExamples.filter(({ event, payload }) => {
      return toCommunityRows(normalize({ id: "1", event, payload, receivedAt }), null).length === 1;
    });
    expect([...new Set(events.map(({ event }) => event))].sort()).toEqual([
      "issue_comment",
      "issues",
      "pull_request",
      "pull_request_review",
    ]);
  });
});

const bots = ["getsentry-bot"];

function classify(login: string, type: string, ownerType = "Organization") {
  const repository = { id: 1, full_name: "getsentry/sentry", owner: { login: "getsentry", type: ownerType } };
  const payload = { repository, sender: { id: 1, login, type }, ref: "refs/heads/master" };
  return classifyActor(normalize({ id: "1", event: "push", payload, receivedAt: new Date() }), bots);
}

describe("the user_type of an actor", () => {
  it.each([
    ["getsentry-bot", "User", "bot"],
    ["dependabot[bot]", "User", "bot"],
    ["renovate", "Bot", "bot"],
    ["robot", "User", "person"],
    ["mira-okafor", "User", "person"],
  ])("%s (%s) is %s", (login, type, expected) => {
    expect(classify(login, type)).toBe(expected);
  });

  it("is null in a person's own repository, which has no members", () => {
    expect(classify("getsentry-bot", "User", "User")).toBeNull();
  });
});
