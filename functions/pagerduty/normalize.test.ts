import { describe, expect, it } from "vitest";
import { pagerdutyEvent } from "../../shared/events/event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T18:00:00.000Z");
const read = (payload: Record<string, unknown>) => normalize({ payload, receivedAt });
const triggered = fixture("pagerduty/incident-triggered") as { event: { data: object } };
const withData = (data: object, more: object = {}) =>
  read({ event: { ...triggered.event, ...more, data: { ...triggered.event.data, ...data } } });

describe("a webhook of PagerDuty", () => {
  it("that an incident was triggered opens it", () => {
    const event = read(fixture("pagerduty/incident-triggered"));
    expect(event).toMatchObject({
      id: "01EXAMPLETRIGGERED000000418",
      type: "pagerduty.incident.triggered",
      subject: "Q1A2B3C4D5E6F7",
      time: "2026-11-02T17:21:01.120Z",
      incident: {
        id: "Q1A2B3C4D5E6F7",
        title: "Checkout returns 500",
        severity: "P1",
        status: "opened",
        openedAt: "2026-11-02T17:21:00.000Z",
        resolvedAt: null,
        service: "getsentry",
      },
    });
    expect(pagerdutyEvent.parse(event)).toEqual(event);
  });

  it("that it was resolved has both times and the person", () => {
    expect(read(fixture("pagerduty/incident-resolved"))).toMatchObject({
      actor: { id: "PMIRA01", name: "Mira Okafor" },
      incident: {
        status: "resolved",
        openedAt: "2026-11-02T17:21:00.000Z",
        resolvedAt: "2026-11-02T17:52:10.004Z",
      },
    });
  });

  it.each(["triggered", "acknowledged"])("with the status %s is opened", (status) => {
    expect(withData({ status }, { event_type: "incident.escalated" }).incident?.status).toBe("opened");
  });

  it("has the urgency as severity without a priority", () => {
    expect(withData({ priority: null }).incident?.severity).toBe("high");
  });

  it.each([
    ["a ping", fixture("pagerduty/ping")],
    ["a note", { event: { ...triggered.event, data: { id: "N1", type: "incident_note", content: "x" } } }],
    [
      "a service",
      { event: { ...triggered.event, event_type: "service.updated", data: { type: "service" } } },
    ],
  ])("about %s is no incident", (_, payload) => {
    const event = read(payload);
    expect(event.incident).toBeNull();
    expect(pagerdutyEvent.parse(event)).toEqual(event);
  });

  it.each([
    ["id", { id: "" }],
    ["event_type", { event_type: null }],
    ["data", { data: null }],
  ])("without %s is refused", (field, wrong) => {
    expect(() => read({ event: { ...triggered.event, ...wrong } })).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining(field) }),
    );
  });

  it.each(["title", "html_url", "created_at", "service", "priority", "urgency", "future"])(
    "is accepted with any type of %s",
    (field) => {
      for (const value of [5, true, {}, [], null, "x"]) {
        const event = withData({ [field]: value });
        expect(pagerdutyEvent.parse(event)).toEqual(event);
        expect(event.incident).toMatchObject({ id: "Q1A2B3C4D5E6F7", status: "opened" });
      }
    },
  );
});
