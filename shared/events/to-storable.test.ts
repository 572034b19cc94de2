import { describe, expect, it } from "vitest";
import { normalize as normalizeFreight } from "../../functions/freight/normalize.ts";
import { normalize as normalizeGitHub } from "../../functions/github/normalize.ts";
import { normalize as normalizeWebpack } from "../../functions/webpack/normalize.ts";
import { toStorable } from "./to-storable.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");

function gollum(payload: Record<string, unknown>) {
  return normalizeGitHub({ id: "id", event: "gollum", payload, receivedAt });
}

function nested(depth: number): Record<string, unknown> {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
}

describe("text of a storable event", () => {
  it.each([
    ["NUL", "a\0b", "a\uFFFDb"],
    ["an unpaired high surrogate", "a\ud83d", "a\uFFFD"],
    ["an unpaired low surrogate", "\ude00a", "\uFFFDa"],
    ["surrogates in the wrong order", "\ude00\ud83d", "\uFFFD\uFFFD"],
    ["an emoji", "a\u{1F600}", "a\u{1F600}"],
    ["a backslash before u0000", "\\u0000", "\\u0000"],
    ["other control characters", "\u0001\n\u007f", "\u0001\n\u007f"],
  ])("with %s", (_, sent, stored) => {
    const event = gollum({ action: sent, list: [{ [sent]: sent }] });
    expect(toStorable(event, 0)).toMatchObject({
      type: `github.gollum.${stored}`,
      action: stored,
      payload: { action: stored, list: [{ [stored]: stored }] },
    });
  });

  it("has no half of a character at the end of a clipped subject", () => {
    const commit = `${"c".repeat(1022)}\u{1F600}`;
    const body = { pull_request_number: 1, commit, file: "app.js", size: 1 };
    const event = normalizeWebpack({ id: "id", body, receivedAt });
    expect(toStorable(event, 0)).toMatchObject({
      subject: "c".repeat(1022),
      assets: [{ commit }],
    });
  });

  it.each([0, 1, 2, 3])(
    "is cut to the 1,024 bytes of an attribute between characters, %i bytes into an emoji",
    (shift) => {
      const sent = `${"x".repeat(shift)}${"\u{1F600}".repeat(600)}`;
      const { type, subject } = toStorable({ ...gollum({ action: sent }), subject: sent }, 0);
      for (const text of [type, subject]) {
        expect(Buffer.byteLength(text)).toBeGreaterThan(1020);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
        expect(text).toMatch(/\u{1F600}$/u);
      }
    },
  );

  it("has a subject, also if the sender has an empty name for it", () => {
    expect(toStorable({ ...gollum({}), subject: "" }, 0).subject).toBe("github");
  });

  it("keeps numbers, null and a key named __proto__", () => {
    const payload = JSON.parse('{"__proto__":{"a":null},"n":1.5,"yes":true}');
    expect(JSON.stringify(toStorable(gollum(payload), 0).payload)).toBe(JSON.stringify(payload));
  });
});

describe("the payload of a storable event", () => {
  it("is kept up to 500 levels", () => {
    expect(toStorable(gollum(nested(500)), 0)).toEqual(gollum(nested(500)));
  });

  it.each([501, 9000])("is dropped at %i levels, with its size and the reason", (depth) => {
    expect(toStorable(gollum(nested(depth)), 4321)).toEqual({
      ...gollum({}),
      payload: null,
      payloadDropped: { bytes: 4321, reason: expect.stringContaining("500 levels") },
    });
  });
});

describe("the time of a storable event", () => {
  it.each([
    ["1999-12-31T23:59:59.999Z", "2026-11-02T17:10:00.000Z"],
    ["2000-01-01T00:00:00.000Z", "2000-01-01T00:00:00.000Z"],
    ["2009-03-14T22:09:26.000Z", "2009-03-14T22:09:26.000Z"],
    ["2026-11-03T17:10:00.000Z", "2026-11-03T17:10:00.000Z"],
    ["2026-11-03T17:10:00.001Z", "2026-11-02T17:10:00.000Z"],
    ["2099-01-01T00:00:00.000Z", "2026-11-02T17:10:00.000Z"],
  ])("%s becomes %s", (time, stored) => {
    expect(toStorable({ ...gollum({}), time }, 0).time).toBe(stored);
  });
});

describe("every other time of a storable event", () => {
  const deploy = { app_name: "a", environment: "e", deploy_number: 1, status: "finished" };
  it.each([
    ["Go's zero time", "0001-01-01T00:00:00Z", null],
    ["the epoch", "1970-01-01T00:00:00Z", null],
    ["five years ago", "2021-11-02T17:10:00Z", "2021-11-02T17:10:00.000Z"],
    ["a local time labelled UTC, hours ahead", "2026-11-03T03:10:00Z", "2026-11-03T03:10:00.000Z"],
    ["next year", "2027-11-02T17:10:00Z", null],
    ["an offset and Z", "2026-11-02T17:04:11+00:00Z", "2026-11-02T17:04:11.000Z"],
  ])("that is %s is null if it is implausible", (_, date_started, startedAt) => {
    const event = normalizeFreight({ id: "id", payload: { ...deploy, date_started }, receivedAt });
    expect(toStorable(event, 0)).toMatchObject({ startedAt, receivedAt: receivedAt.toISOString() });
  });

  it("is null inside of an object, and the payload keeps what was sent", () => {
    const issue = { number: 1, created_at: "2099-01-01T00:00:00Z", closed_at: "2026-11-01T00:00:00Z" };
    const event = normalizeGitHub({ id: "id", event: "issues", payload: { issue }, receivedAt });
    expect(toStorable(event, 0)).toMatchObject({
      issue: { createdAt: null, closedAt: "2026-11-01T00:00:00.000Z" },
      payload: { issue },
    });
  });
});

describe("an end before its start", () => {
  const [start, end] = ["2026-11-02T17:05:01Z", "2026-11-02T17:05:00Z"];
  const pull_request = { number: 1, created_at: start, merged_at: end, closed_at: end };
  const check_run = {
    id: 1,
    name: "a",
    status: "completed",
    head_sha: "a",
    started_at: start,
    completed_at: end,
  };
  it.each<[string, object, object]>([
    ["check_run", { check_run }, { checkRun: { completedAt: null, startedAt: "2026-11-02T17:05:01.000Z" } }],
    ["pull_request", { pull_request }, { pullRequest: { mergedAt: null, closedAt: null } }],
    ["issues", { issue: { number: 1, created_at: start, closed_at: end } }, { issue: { closedAt: null } }],
  ])("is null in an event %s", (event, payload, expected) => {
    const normalized = normalizeGitHub({ id: "id", event, payload: { ...payload }, receivedAt });
    expect(toStorable(normalized, 0)).toMatchObject(expected);
  });

  const deploy = { app_name: "a", environment: "e", deploy_number: 1, status: "finished", duration: 9 };
  const finished = { date_started: end, date_finished: "2026-11-02T17:05:09Z" };
  it.each<[string, object, object]>([
    [
      "its start",
      { ...finished, date_started: "2026-11-02T17:06:00Z" },
      { finishedAt: null, duration: null },
    ],
    [
      "its creation, if the start is unknown",
      { ...finished, date_created: "2026-11-02T17:06:00Z", date_started: null },
      { finishedAt: null, duration: null },
    ],
    [
      "its creation only",
      { ...finished, date_created: "2026-11-02T17:06:00Z" },
      { finishedAt: "2026-11-02T17:05:09.000Z", duration: 9 },
    ],
    ["nothing known", { date_finished: end }, { finishedAt: "2026-11-02T17:05:00.000Z", duration: 9 }],
  ])("of a deploy is compared with %s", (_, dates, expected) => {
    const event = normalizeFreight({ id: "id", payload: { ...deploy, ...dates }, receivedAt });
    expect(toStorable(event, 0)).toMatchObject(expected);
  });
});
