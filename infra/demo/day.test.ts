import { describe, expect, it } from "vitest";
import { normalize } from "../../functions/sentry/normalize.ts";
import { LocalSuite } from "../local/client.ts";
import { demoDay } from "./day.ts";

describe("the demo's day", () => {
  const scenes = demoDay("2026-11-24", new LocalSuite("http://localhost:1"));
  const labels = scenes.map((scene) => scene.map(({ label }) => label));

  it("begins with the examples of other organizations, so that its own story is the newest", () => {
    expect(labels[0]).toContain("workflow_run");
    expect(labels.slice(1).flat()).not.toContain("workflow_run");
  });

  it("has an alert of Sentry that ends after it began, whenever the demo is sent", () => {
    const incidents = scenes.flat().flatMap(({ source, body, event = "", now = new Date() }) => {
      if (source !== "sentry" || !Buffer.isBuffer(body)) return [];
      const payload = JSON.parse(body.toString("utf8"));
      const sentAt = now.toISOString();
      return [normalize({ id: "x", resource: event, sentAt, payload, receivedAt: new Date() })];
    });
    expect(incidents.map(({ time, incident }) => [time, incident?.status])).toEqual([
      ["2026-11-24T03:10:00.000Z", "opened"],
      ["2026-11-24T03:40:00.000Z", "resolved"],
    ]);
  });

  it("ends with a failed deploy and a wrong signature", () => {
    expect(labels.slice(-2)).toEqual([["deploy #106 failed"], ["a wrong signature"]]);
    expect(scenes.flat().filter(({ secret }) => secret !== undefined)).toHaveLength(1);
  });
});
