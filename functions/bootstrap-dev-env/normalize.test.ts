import { describe, expect, it } from "vitest";
import { bootstrapEvent } from "../../shared/events/event.ts";
import { toStorable } from "../../shared/events/to-storable.ts";
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
    ["yesterday", null],
    [5, null],
    ["", null],
    [null, null],
    [{}, null],
    [true, null],
    ["0001-01-01T00:00:00Z", null],
    ["1970-01-01T00:00:00Z", null],
    [0, null],
    [1793638860, "2026-11-02T17:01:00.000Z"],
    ["1793638860", "2026-11-02T17:01:00.000Z"],
    ["2021-10-30T08:15:00Z", "2021-10-30T08:15:00.000Z"],
    ["2026-11-02T17:04:11+00:00Z", "2026-11-02T17:04:11.000Z"],
    ["2026-10-30 08:15:00", "2026-10-30T08:15:00.000Z"],
  ])("with created_at %j has the time %j, null being that of its arrival", (created_at, time) => {
    const payload = { event: "bootstrap_end", name: "mira", created_at };
    const event = normalize({ id: "1", payload, receivedAt });
    expect(event.time).toBe(time ?? receivedAt.toISOString());
    expect(bootstrapEvent.parse(event)).toEqual(event);
  });

  it.each(["M", "mira_acme", "Мира Окафор", "\u{1F600}".repeat(100), "a\0b\ud83d", "-1", "x".repeat(255)])(
    "has the name %j, whatever a person's system calls them",
    (name) => {
      const event = toStorable(
        normalize({ id: "1", payload: { event: "bootstrap_end", name }, receivedAt }),
        0,
      );
      expect(bootstrapEvent.parse(event)).toEqual(event);
      expect(event.actor?.name).toBe(name.replace("a\0b\ud83d", "a\uFFFDb\uFFFD"));
      expect(Buffer.byteLength(event.subject)).toBeLessThanOrEqual(1024);
    },
  );

  it.each([
    {},
    { event: "bootstrap_start" },
    { event: "bootstrap_pause", name: "mira" },
    { event: "bootstrap_end", name: "" },
    { event: "bootstrap_end", name: 5 },
    { event: "bootstrap_end", name: "x".repeat(256) },
  ])("with body %j is rejected", (payload) => {
    expect(() => normalize({ id: "1", payload, receivedAt })).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });
});
