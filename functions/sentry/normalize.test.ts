import { describe, expect, it } from "vitest";
import { sentryEvent } from "../../shared/events/event.ts";
import { type IncidentState, mergeIncident } from "../../shared/incidents/incident-state.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T18:00:00.000Z");
const sentAt = "2026-11-02T17:59:59.000Z";
const read = (resource: string, payload: Record<string, unknown>) =>
  normalize({ id: "1", resource, sentAt, payload, receivedAt });
const issue = fixture("sentry/issue-resolved");

describe("a webhook of Sentry", () => {
  it("of a metric alert opens an incident", () => {
    const event = read("metric_alert", fixture("sentry/metric-alert-critical"));
    expect(event).toMatchObject({
      type: "sentry.metric_alert.critical",
      subject: "metric-alert/4711",
      time: "2026-11-02T17:20:00.000Z",
      project: "getsentry",
      incident: {
        id: "metric-alert/4711",
        title: "Too many failed checkouts",
        severity: "critical",
        status: "opened",
        openedAt: "2026-11-02T17:20:00.000Z",
        resolvedAt: null,
        service: "getsentry",
      },
    });
    expect(sentryEvent.parse(event)).toEqual(event);
  });

  it("of a metric alert that is resolved has both times", () => {
    expect(read("metric_alert", fixture("sentry/metric-alert-resolved"))).toMatchObject({
      time: "2026-11-02T17:52:00.000Z",
      incident: {
        id: "metric-alert/4711",
        status: "resolved",
        openedAt: "2026-11-02T17:20:00.000Z",
        resolvedAt: "2026-11-02T17:52:00.000Z",
      },
    });
  });

  it("of a metric alert that is delivered after its end does not open the incident again", () => {
    const reports = ["metric-alert-resolved", "metric-alert-critical"].map((name) => {
      const { incident, time, receivedAt, id } = read("metric_alert", fixture(`sentry/${name}`));
      if (!incident) throw new Error(`${name} is no incident`);
      return { incident, at: time, receivedAt, eventId: id };
    });
    for (const order of [reports, reports.toReversed()]) {
      const state = order.reduce<IncidentState | undefined>(mergeIncident, undefined);
      expect(state).toMatchObject({ status: "resolved", resolvedAt: "2026-11-02T17:52:00.000Z" });
    }
  });

  it.each([
    ["without a start happened when it was sent", null, sentAt],
    ["whose start is later than its sending, by a wrong clock, too", "2026-11-02T19:00:00Z", sentAt],
  ])("of a metric alert %s", (_, date_started, time) => {
    const alert = fixture("sentry/metric-alert-critical") as { data: { metric_alert: object } };
    const data = { ...alert.data, metric_alert: { ...alert.data.metric_alert, date_started } };
    expect(read("metric_alert", { ...alert, data })).toMatchObject({ time, incident: { openedAt: time } });
  });

  it("of an issue alert with an event of the future, by a wrong clock, happened when it was sent", () => {
    const alert = fixture("sentry/event-alert-triggered") as { data: { event: object } };
    const data = { ...alert.data, event: { ...alert.data.event, datetime: "2026-11-02T19:00:00Z" } };
    const event = read("event_alert", { ...alert, data });
    expect(event).toMatchObject({ time: sentAt, incident: { openedAt: sentAt } });
  });

  it("of an issue alert opens an incident that names the release and its commit", () => {
    const sha = "4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8";
    expect(read("event_alert", fixture("sentry/event-alert-triggered"))).toMatchObject({
      type: "sentry.event_alert.triggered",
      project: "getsentry",
      incident: { id: "issue/1170820242", severity: "fatal", status: "opened", release: sha, sha },
    });
  });

  it.each([
    ["checkout@4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8", "4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8"],
    ["checkout@1.2.3", null],
    [null, null],
  ])("of an issue alert with the release %j names the commit %j", (release, sha) => {
    const alert = fixture("sentry/event-alert-triggered") as { data: { event: object } };
    const data = { ...alert.data, event: { ...alert.data.event, release } };
    expect(read("event_alert", { ...alert, data }).incident).toMatchObject({ release, sha });
  });

  it.each([
    ["resolved", "resolved", sentAt],
    ["archived", "resolved", sentAt],
    ["ignored", "resolved", sentAt],
    ["unresolved", "opened", null],
  ])("that an issue is %s changes an incident that is known: %s", (action, status, resolvedAt) => {
    expect(read("issue", { ...issue, action })).toMatchObject({
      type: `sentry.issue.${action}`,
      incident: { id: "issue/1170820242", status, openedAt: null, resolvedAt },
    });
  });

  it.each([
    ["issue", { ...issue, action: "created" }],
    ["issue", { ...issue, action: "assigned" }],
    ["comment", { action: "created", data: { comment: "x" } }],
    ["installation", { action: "created", data: { installation: {} } }],
    ["metric_alert", { action: "critical", data: { metric_alert: "x" } }],
    ["event_alert", { action: "triggered", data: {} }],
    ["issue", { action: "resolved", data: { issue: {} }, actor: "x" }],
  ])("of the resource %s is no incident otherwise", (resource, payload) => {
    const event = read(resource, payload);
    expect(event).toMatchObject({ incident: null, event: resource });
    expect(sentryEvent.parse(event)).toEqual(event);
  });

  it.each([{}, { data: null }, { data: [] }, { data: "x" }])("%j is refused", (payload) => {
    expect(() => read("issue", payload)).toThrow(expect.objectContaining({ status: 400 }));
  });
});
