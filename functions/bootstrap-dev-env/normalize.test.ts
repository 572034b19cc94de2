import { describe, expect, it } from "vitest";
import { bootstrapEvent } from "../../shared/events/bootstrap-event.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");

describe("a report of the bootstrap script", () => {
  it.each(["bootstrap_start", "bootstrap_end"])("of %s names the person and the moment", (event) => {
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

  it.each([
    {},
    { event: "bootstrap_start" },
    { event: "bootstrap_pause", name: "mira" },
    { event: "bootstrap_end", name: "" },
    { event: "bootstrap_end", name: 5 },
  ])("that is %j is refused", (payload) => {
    expect(() => normalize({ id: "1", payload, receivedAt })).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });
});
