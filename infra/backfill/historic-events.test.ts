import { describe, expect, it } from "vitest";
import { issueEvents, pullRequestEvents } from "./historic-events.ts";

const context = {
  repository: {
    ...{ id: 1, name: "app", full_name: "acme/app", private: false, default_branch: "main" },
    owner: { login: "acme", type: "Organization" },
  },
  receivedAt: new Date("2026-11-20T12:00:00Z"),
  services: [],
};
const at = (minute: number) => `2026-10-20T10:${String(minute).padStart(2, "0")}:00Z`;
const mira = { id: 7, login: "mira", type: "User" };
const change = (event: string, minute: number) => ({ event, actor: mira, created_at: at(minute) });
const pull = {
  ...{ id: 5, number: 5, title: "Change", user: mira, created_at: at(0), updated_at: at(50), draft: false },
  ...{ state: "open", closed_at: null, merged: false, merged_at: null, merged_by: null },
  head: { sha: "a".repeat(40), ref: "change", repo: { full_name: "fork/app" } },
  base: { sha: "b".repeat(40), ref: "main", repo: { full_name: "acme/app" } },
};
const nothingElse = { reviews: [], commits: [] };

/** The events of a pull request with these issue events: action, state, whether it was merged and a draft. */
function history(state: object, changes: object[]) {
  const events = pullRequestEvents(
    context,
    { ...pull, ...state },
    { ...nothingElse, issueEvents: changes as Record<string, unknown>[] },
  );
  return events.map(({ action, pullRequest }) =>
    [
      action,
      pullRequest?.state,
      ...(pullRequest?.merged ? ["merged"] : []),
      ...(pullRequest?.isDraft ? ["draft"] : []),
    ].join(" "),
  );
}

describe("a pull request's history", () => {
  const merged = { state: "closed", closed_at: at(40), merged: true, merged_at: at(40), merged_by: mira };
  it.each([
    ["one that is open", {}, [], ["opened open"]],
    [
      "one that was merged",
      merged,
      [change("merged", 40), change("closed", 40)],
      ["opened open", "closed closed merged"],
    ],
    [
      "one that was closed, reopened and merged",
      merged,
      [change("closed", 10), change("reopened", 20), change("merged", 40), change("closed", 40)],
      ["opened open", "closed closed", "reopened open", "closed closed merged"],
    ],
    [
      "one that was opened as a draft",
      {},
      [change("ready_for_review", 10), change("convert_to_draft", 20), change("ready_for_review", 30)],
      [
        "opened open draft",
        "ready_for_review open",
        "converted_to_draft open draft",
        "ready_for_review open",
      ],
    ],
    ["one that is still a draft", { draft: true }, [], ["opened open draft"]],
    [
      "one with events that no webhook has",
      {},
      [change("subscribed", 10), change("labeled", 20)],
      ["opened open"],
    ],
  ])("of %s", (_, state, changes, expected) => {
    expect(history(state, changes)).toEqual(expected);
  });

  it("has events whose ids depend on what happened only", () => {
    const read = (receivedAt: string) =>
      pullRequestEvents({ ...context, receivedAt: new Date(receivedAt) }, pull, {
        ...nothingElse,
        issueEvents: [change("closed", 10), change("closed", 20)],
      }).map(({ id }) => id);
    const ids = read("2026-11-20T12:00:00Z");
    expect(new Set(ids).size).toBe(3);
    expect(read("2026-11-21T12:00:00Z")).toEqual(ids);
  });
});

it("an issue's history has each time that it was closed and reopened", () => {
  const issue = { id: 6, number: 6, title: "Broken", user: mira, created_at: at(0), updated_at: at(50) };
  const events = issueEvents(context, { ...issue, state: "closed", closed_at: at(30) }, [
    change("closed", 10),
    change("reopened", 20),
    change("closed", 30),
  ]);
  expect(events.map(({ action, issue: shown }) => [action, shown?.state, shown?.closedAt])).toEqual([
    ["opened", "open", null],
    ["closed", "closed", expect.stringMatching("T10:10:00")],
    ["reopened", "open", null],
    ["closed", "closed", expect.stringMatching("T10:30:00")],
  ]);
});
