import { describe, expect, it } from "vitest";
import type { EventLine } from "../log/read-event-log.ts";
import { explainOutcomes, explainSilence, type Outcome, type OutcomeInput } from "./explain-outcomes.ts";
import type { Processed } from "./read-state.ts";

const receivedAt = "2026-11-30T10:00:00Z";
const entry = (changes: Partial<Processed> = {}): Processed => ({
  subscriber: "required-checks",
  attempts: 1,
  doneAt: new Date("2026-11-30T10:01:00Z"),
  nothing: null,
  ...changes,
});
const line = (changes: Partial<EventLine>): EventLine => ({
  at: "2026-11-30T10:00:01Z",
  severity: "INFO",
  name: "required-checks",
  message: "",
  reason: null,
  fields: {},
  isNothing: false,
  ...changes,
});
const failure = (error: string) => line({ severity: "ERROR", reason: error });
const gaveUp = (at: string) => ({
  subscriber: "required-checks",
  subscription: "required-checks-github-events",
  attempts: 10,
  gave_up_at: at,
});
const explain = (changes: Partial<OutcomeInput>, subscriber = "required-checks") =>
  explainOutcomes({
    subscribers: [subscriber],
    receivedAt,
    state: { processed: [], messages: [] },
    givenUp: [],
    findIrrelevance: () => null,
    lines: [],
    now: new Date("2026-11-30T12:00:00Z"),
    ...changes,
  })[0];

describe("the outcome of an event at a subscriber", () => {
  it.each<[string, Partial<OutcomeInput>, Outcome["outcome"], string]>([
    [
      "it does not concern it",
      { findIrrelevance: () => "it is not a check" },
      "nothing",
      "it is not a check",
    ],
    [
      "it decided to do nothing",
      { state: { processed: [entry({ nothing: ["the branch has passed since"] })], messages: [] } },
      "nothing",
      "the branch has passed since",
    ],
    [
      "it decided so without an attempt",
      { state: { processed: [entry({ attempts: 0, doneAt: null, nothing: ["a bot"] })], messages: [] } },
      "nothing",
      "a bot",
    ],
    [
      "it posted",
      {
        state: {
          processed: [entry()],
          messages: [{ subscriber: "required-checks", channel: "#team-engineering" }],
        },
      },
      "acted",
      "it posted to #team-engineering",
    ],
    [
      "one of two parts had work",
      { state: { processed: [entry({ nothing: ["a reason"] }), entry()], messages: [] } },
      "acted",
      "it has done its work",
    ],
    [
      "an attempt goes on",
      { state: { processed: [entry({ attempts: 3, doneAt: null })], messages: [] } },
      "trying",
      "attempt 3 has not ended",
    ],
    [
      "it gave up",
      {
        state: { processed: [entry({ attempts: 10, doneAt: null })], messages: [] },
        givenUp: [gaveUp("2026-11-30T11:00:00Z")],
      },
      "gave up",
      "every attempt failed after 10 attempts: it is, or was, a dead letter",
    ],
    [
      "it gave up for a reason in the log",
      {
        state: { processed: [entry({ attempts: 10, doneAt: null })], messages: [] },
        givenUp: [gaveUp("2026-11-30T11:00:00Z")],
        lines: [
          failure("first"),
          failure("fatal_error"),
          line({ name: "metrics", severity: "ERROR", reason: "other" }),
        ],
      },
      "gave up",
      "every attempt failed after 10 attempts: it is, or was, a dead letter. The last error: fatal_error",
    ],
    [
      "the log has why there was nothing to do",
      { lines: [line({ isNothing: true, reason: "it asks the bot for nothing" })] },
      "nothing",
      "it asks the bot for nothing",
    ],
    [
      "its attempts fail",
      {
        state: { processed: [entry({ attempts: 3, doneAt: null })], messages: [] },
        lines: [failure("it broke")],
      },
      "trying",
      "attempt 3 has not ended, or failed: it broke",
    ],
    [
      "its attempts fail before it stores anything",
      { lines: [failure("the database is away")] },
      "trying",
      "its last attempt failed: the database is away",
    ],
    [
      "a replay worked",
      { state: { processed: [entry()], messages: [] }, givenUp: [gaveUp("2026-11-30T10:00:30Z")] },
      "acted",
      "it has done its work",
    ],
    [
      "its record is pruned",
      { now: new Date("2027-01-30T12:00:00Z") },
      "unknown",
      "records of events are kept for 30 days",
    ],
    ["it has no record", {}, "unknown", "it has no record: it found nothing to do, or has not begun"],
  ])("when %s", (_, changes, outcome, text) => {
    expect(explain(changes)).toEqual({ subscriber: "required-checks", outcome, text });
  });

  it("of metrics is an action without a record", () => {
    expect(explain({}, "metrics")?.outcome).toBe("acted");
  });
});

describe("the sentence about silence", () => {
  const outcome = (subscriber: string, kind: Outcome["outcome"], text: string): Outcome => ({
    subscriber,
    outcome: kind,
    text,
  });
  it.each<[string, Outcome[], string | null]>([
    [
      "names each reason once",
      [
        outcome("metrics", "acted", "it stores it"),
        outcome("required-checks", "nothing", "the branch was not failing"),
        outcome("deploy-ready", "nothing", "a bot made it"),
        outcome("incidents", "nothing", "a bot made it"),
      ],
      "Nobody was told, because the branch was not failing, and a bot made it.",
    ],
    [
      "is missing if somebody was told",
      [outcome("deploy-ready", "acted", "x"), outcome("incidents", "nothing", "y")],
      null,
    ],
    ["is missing while something goes on", [outcome("deploy-ready", "trying", "x")], null],
    ["is missing if it is not known", [outcome("deploy-ready", "unknown", "x")], null],
    ["is missing without a subscriber that tells", [outcome("metrics", "acted", "x")], null],
  ])("%s", (_, outcomes, sentence) => {
    expect(explainSilence(outcomes)).toBe(sentence);
  });
});
