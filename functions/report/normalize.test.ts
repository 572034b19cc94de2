import { describe, expect, it } from "vitest";
import { reportEvent } from "../../shared/events/event.ts";
import { type IncidentState, mergeIncident } from "../../shared/incidents/incident-state.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T18:00:00.000Z");
const read = (payload: Record<string, unknown>) => normalize({ id: "job-118", payload, receivedAt });
const reportOf = (type: string, data: unknown, more: object = {}) => read({ type, data, ...more });

function expectRefusal(payload: Record<string, unknown>, reason: RegExp) {
  expect(() => read(payload)).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringMatching(reason) }),
  );
}

describe("a report", () => {
  it.each([
    ["deployment", "report.deployment.finished", "handbook/production/118"],
    ["measurement", "report.measurement", "docs-build"],
    ["incident-opened", "report.incident.opened", "checkout-2026-11-02"],
    ["incident-resolved", "report.incident.resolved", "checkout-2026-11-02"],
    ["bootstrap", "report.bootstrap.bootstrap_end", "mira"],
    ["assets", "report.assets", "4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8"],
  ])("as in the fixture %s has the type %s and the subject %s", (name, type, subject) => {
    const payload = fixture(`report/${name}`);
    const event = read(payload);
    expect(event).toMatchObject({ id: "job-118", source: "report", type, subject, payload });
    expect(event.time).toBe(String(payload.timestamp).replace("Z", ".000Z"));
    expect(reportEvent.parse(event)).toEqual(event);
  });

  it.each([
    ["2026-11-02T17:00:00+01:00", "2026-11-02T16:00:00.000Z"],
    [1793638860, "2026-11-02T17:01:00.000Z"],
    ["yesterday", "2026-11-02T18:00:00.000Z"],
    [undefined, "2026-11-02T18:00:00.000Z"],
    [{}, "2026-11-02T18:00:00.000Z"],
  ])("with the timestamp %j has the time %s", (timestamp, time) => {
    expect(reportOf("measurement", { name: "n", value: 1 }, { timestamp }).time).toBe(time);
  });

  it.each([undefined, null, "deploy", "Incident", "constructor", 5, {}])(
    "of the unknown type %j is refused with the list of types",
    (type) => {
      expectRefusal(
        { type, data: {} },
        /type: must be one of deployment, incident, measurement, bootstrap, assets/,
      );
    },
  );

  it.each([
    ["deployment", { environment: "production", id: 1, status: "started" }, /data\.app/],
    ["deployment", { app: "docs", environment: "production", status: "started" }, /data\.id/],
    ["deployment", { app: "docs", environment: "production", id: 1, status: "running" }, /data\.status/],
    ["incident", undefined, /data/],
    ["incident", { status: "opened" }, /data\.id/],
    ["incident", { id: "1", status: "closed" }, /data\.status/],
    ["incident", { id: "", status: "opened" }, /data\.id/],
    ["measurement", { name: "n" }, /data: must be \{name, value/],
    ["measurement", { name: "n", value: "fast" }, /data: must be/],
    ["measurement", { name: "n", value: null }, /data: must be/],
    ["measurement", [], /data: Too small/],
    ["measurement", Array.from({ length: 1001 }, () => ({ name: "n", value: 1 })), /1 to 1000/],
    ["bootstrap", { event: "start", name: "mira" }, /data\.event/],
    ["assets", { commit: "c", file: "f" }, /data: must be an asset/],
  ])("of type %s with data %j is refused", (type, data, reason) => {
    expectRefusal({ type, data }, reason);
  });
});

describe("a deployment", () => {
  const at = "2026-11-02T17:00:00.000Z";
  const deploy = { app: "docs", environment: "production", id: 118 };
  const read = (data: object) => reportOf("deployment", { ...deploy, ...data }, { timestamp: at }).deployment;

  it.each([
    ["queued", { createdAt: at, startedAt: null, finishedAt: null }],
    ["started", { createdAt: null, startedAt: at, finishedAt: null }],
    ["finished", { createdAt: null, startedAt: null, finishedAt: at }],
    ["failed", { createdAt: null, startedAt: null, finishedAt: at }],
    ["canceled", { createdAt: null, startedAt: null, finishedAt: at }],
  ])("that is %s takes the time of its status from the timestamp", (status, times) => {
    expect(read({ status })).toEqual({
      ...{ app: "docs", environment: "production", id: "118", number: 118, status, ...times },
      ...{ sha: null, previousSha: null, ref: null, actor: null, link: null },
    });
  });

  it("keeps the times that the job gives, and is canceled also if it is cancelled", () => {
    const times = { created_at: "2026-11-02T16:00:00Z", started_at: 1793638860, finished_at: at };
    expect(read({ ...times, status: "cancelled" })).toMatchObject({
      status: "canceled",
      createdAt: "2026-11-02T16:00:00.000Z",
      startedAt: "2026-11-02T17:01:00.000Z",
      finishedAt: at,
    });
  });

  it.each([
    ["queued", "2026-11-02T16:00:00.000Z"],
    ["started", "2026-11-02T16:01:00.000Z"],
    ["finished", "2026-11-02T16:09:00.000Z"],
  ])("that is %s happened at the time of its step, also if it was reported later", (status, time) => {
    const times = {
      created_at: "2026-11-02T16:00:00Z",
      started_at: "2026-11-02T16:01:00Z",
      finished_at: "2026-11-02T16:09:00Z",
    };
    expect(reportOf("deployment", { ...deploy, ...times, status }, { timestamp: at }).time).toBe(time);
  });

  it.each([
    [{ id: "v1.2.3" }, { id: "v1.2.3", number: null }],
    [
      { id: "v1.2.3", number: "7" },
      { id: "v1.2.3", number: 7 },
    ],
    [{ sha: "" }, { sha: null }],
    [
      { sha: "0".repeat(40), previous_sha: "6d225cb" },
      { sha: null, previousSha: "6d225cb" },
    ],
  ])("with %j has %j", (data, expected) => {
    expect(read({ status: "finished", ...data })).toMatchObject(expected);
  });
});

describe("a measurement", () => {
  it("has its unit and its dimensions as text", () => {
    const data = {
      name: "build",
      value: "12.5",
      unit: "seconds",
      dimensions: { ok: true, shard: 2, branch: "main" },
    };
    expect(reportOf("measurement", data).measurements).toEqual([
      { name: "build", value: 12.5, unit: "seconds", dimensions: { ok: "true", shard: "2", branch: "main" } },
    ]);
  });

  it.each([undefined, null, "main", [], 5])("has no dimensions for %j", (dimensions) => {
    expect(reportOf("measurement", { name: "build", value: -1, dimensions, unit: 5 }).measurements).toEqual([
      { name: "build", value: -1, unit: null, dimensions: {} },
    ]);
  });
});

describe("an incident", () => {
  it("takes missing times from the timestamp of the report", () => {
    const at = "2026-11-02T17:00:00.000Z";
    expect(reportOf("incident", { id: 7, status: "opened" }, { timestamp: at })).toMatchObject({
      subject: "7",
      time: at,
      incident: { id: "7", openedAt: at, resolvedAt: null, title: null, service: null, sha: null },
    });
    expect(reportOf("incident", { id: 7, status: "resolved" }, { timestamp: at }).incident).toMatchObject({
      openedAt: null,
      resolvedAt: at,
    });
  });

  it("that opens again is open, also if the report still says when it first opened", () => {
    const opened_at = "2026-11-02T16:00:00Z";
    const report = (status: string, timestamp: string, data: object) =>
      reportOf("incident", { id: 7, status, ...data }, { timestamp });
    const reports = [
      report("opened", "2026-11-02T16:05:00Z", { opened_at }),
      report("resolved", "2026-11-02T16:35:00Z", { opened_at, resolved_at: "2026-11-02T16:30:00Z" }),
      report("opened", "2026-11-02T17:00:00Z", { opened_at }),
    ];
    const states = reports.map((_, index) =>
      reports
        .slice(0, index + 1)
        .reduce<IncidentState | undefined>(
          (stored, { incident, time, receivedAt, id }) =>
            incident ? mergeIncident(stored, { incident, at: time, receivedAt, eventId: id }) : stored,
          undefined,
        ),
    );
    const openedAt = "2026-11-02T16:00:00.000Z";
    expect(states).toMatchObject([
      { status: "opened", openedAt, resolvedAt: null },
      { status: "resolved", openedAt, resolvedAt: "2026-11-02T16:30:00.000Z" },
      { status: "opened", openedAt, resolvedAt: null },
    ]);
  });

  it("without a timestamp happened when it opened or was resolved", () => {
    const data = { id: "7", opened_at: "2026-11-02T16:00:00Z", resolved_at: "2026-11-02T16:30:00Z" };
    expect(reportOf("incident", { ...data, status: "opened" })).toMatchObject({
      time: "2026-11-02T16:00:00.000Z",
      incident: { resolvedAt: null },
    });
    expect(reportOf("incident", { ...data, status: "resolved" }).time).toBe("2026-11-02T16:30:00.000Z");
  });
});

describe("reported assets and set-ups", () => {
  it("are what the functions webpack and bootstrap-dev-env publish", () => {
    const asset = { commit: "6d225cb", file: "app.js", size: "100", created_at: "2026-11-01T10:00:00Z" };
    expect(reportOf("assets", asset)).toMatchObject({
      time: "2026-11-01T10:00:00.000Z",
      assets: [{ commit: "6d225cb", file: "app.js", size: 100, pullRequestNumber: -1, entrypointName: "" }],
    });
    expect(reportOf("bootstrap", { event: "bootstrap_start", name: "mira" })).toMatchObject({
      actor: { name: "mira" },
      bootstrap: "bootstrap_start",
    });
  });
});
