import { CloudEvent, HTTP } from "cloudevents";
import { describe, expect, it } from "vitest";
import { normalize as normalizeFreight } from "../../functions/freight/normalize.ts";
import { normalize as normalizeGitHub } from "../../functions/github/normalize.ts";
import { InvalidEventError } from "../events/event.ts";
import { fixture } from "../webhook/read-fixture.ts";
import { fromMessageData, toMessage } from "./message.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const event = normalizeFreight({ id: "id", payload: fixture("freight/deploy-finished"), receivedAt });

function gollum(bytes: number) {
  return normalizeGitHub({ id: "id", event: "gollum", payload: { pages: "x".repeat(bytes) }, receivedAt });
}

describe("an event as a message", () => {
  it("is a CloudEvent that other people's SDKs read", () => {
    const { attributes, data } = toMessage(event, { environment: "production", actor: null });
    const read = HTTP.toEvent({ headers: attributes, body: data.toString() });
    if (!(read instanceof CloudEvent)) throw new Error("one event was sent");
    expect(read.validate()).toBe(true);
    expect(read).toMatchObject({
      specversion: "1.0",
      id: "id",
      source: "freight",
      type: "freight.deploy.finished",
      subject: "getsentry/production/13",
      time: "2026-11-02T17:09:46.330Z",
      dataschema: "urn:ci-tooling:events:freight:1",
      datacontenttype: "application/json",
      environment: "production",
      data: event,
    });
    expect(attributes).not.toHaveProperty("ce-actor");
  });

  it("is ordered by its subject", () => {
    expect(toMessage(event, {}).orderingKey).toBe("getsentry/production/13");
  });

  it("comes back as it was", () => {
    expect(fromMessageData(toMessage(event, {}).data.toString("base64"))).toEqual(event);
  });

  it("leaves out an attribute that Pub/Sub would refuse", () => {
    expect(toMessage(event, { actor: "ä".repeat(513) }).attributes).not.toHaveProperty("ce-actor");
    expect(toMessage(event, { actor: "ä".repeat(512) }).attributes).toHaveProperty("ce-actor");
  });

  it("keeps its payload as long as it fits", () => {
    expect(fromMessageData(toMessage(gollum(9_000_000), {}).data.toString("base64")).payload).not.toBeNull();
  });

  it("keeps its normalized fields when its payload does not fit, and says what was left out", () => {
    const large = gollum(9_500_000);
    const { data } = toMessage(large, {});
    expect(data.length).toBeLessThan(10_000);
    const back = fromMessageData(data.toString("base64"));
    expect(back).toEqual({
      ...large,
      payload: null,
      payloadDropped: { bytes: 9_500_012, reason: expect.stringContaining("size limit") },
    });
  });

  it.each([
    ["what is no JSON", "not json"],
    ["another source's", JSON.stringify({ source: "gitlab" })],
    ["a field of Object's as source", JSON.stringify({ source: "constructor" })],
    ["an event without a field", JSON.stringify({ ...event, number: undefined })],
  ])("is refused when it is %s", (_, text) => {
    expect(() => fromMessageData(Buffer.from(text).toString("base64"))).toThrow(InvalidEventError);
  });
});
