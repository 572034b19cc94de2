import { describe, expect, it } from "vitest";
import { bootstrapEvent } from "../../shared/events/event.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");

describe("a report of the bootstrap script", () => {
  it.each(["bootstrap_start", "bootstrap_end"])("of %s gives the person and the time", (event) => {
    const normalized = normalize({ id: "1", payload: { event, name: "mira" }, receivedAt });
    expect(normalized).toMatchObject({
      type: `bootstrap-dev-env.${event}`,
      subject: "mira",
      time: "2026-11-02T17:10:00.000Z",
      actor: { name: "mira" },
      event,
    });
    expect(bootstrapEvent.parse(normalized)).toEqual(normalized);
  });

  it("takes its time from created_at", () => {
    const payload = { event: "bootstrap_end", name: "mira", created_at: "2026-10-30T08:15:00Z" };
    expect(normalize({ id: "1", payload, receivedAt })).toMatchObject({
      time: "2026-10-30T08:15:00.000Z",
      receivedAt: "2026-11-02T17:10:00.000Z",
    });
  });

  it.each([
    {},
    { event: "bootstrap_start" },
    { event: "bootstrap_pause", name: "mira" },
    { event: "bootstrap_end", name: "" },
    { event: "bootstrap_end", name: 5 },
    { event: "bootstrap_end", name: "mira", created_at: "yesterday" },
    { event: "bootstrap_end", name: "mira", created_at: 5 },
  ])("with body %j is rejected", (payload) => {
    expect(() => normalize({ id: "1", payload, receivedAt })).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });
});
