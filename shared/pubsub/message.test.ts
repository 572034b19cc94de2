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
  it("is a CloudEvent that the CloudEvents SDK reads", () => {
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

  it("has the status and environment of its deployment as attributes, and others have neither", () => {
    expect(toMessage(event, {}).attributes).toMatchObject({
      "ce-deployment": "finished",
      "ce-environment": "production",
    });
    const attributes = Object.keys(toMessage(gollum(1), {}).attributes);
    expect(attributes.filter((name) => /deployment|environment/.test(name))).toEqual([]);
  });

  it("has no ordering key, so that one stuck publish holds back no other event of its subject", () => {
    expect(toMessage(event, {})).not.toHaveProperty("orderingKey");
  });

  it("decodes to the same event", () => {
    expect(fromMessageData(toMessage(event, {}).data.toString("base64"))).toEqual(event);
  });

  it("leaves out an attribute that Pub/Sub would reject", () => {
    expect(toMessage(event, { actor: "ä".repeat(513) }).attributes).not.toHaveProperty("ce-actor");
    expect(toMessage(event, { actor: "ä".repeat(512) }).attributes).toHaveProperty("ce-actor");
  });

  it("has the payload as its sender wrote it", () => {
    const sent = '{ "pages":  "x" , "id": 1152921506151679042 }';
    const { data } = toMessage(gollum(1), {}, Buffer.from(sent));
    expect(data.toString()).toContain(`,"payload":${sent}}`);
    expect(fromMessageData(data.toString("base64"))).toMatchObject({
      event: "gollum",
      payload: { pages: "x" },
    });
  });

  it("has a payload without its white space if only that fits", () => {
    const { data } = toMessage(gollum(1), {}, Buffer.from(`{"pages":"x"${" ".repeat(9_500_000)}}`));
    expect(data.toString()).toContain('"payload":{"pages":"x"}');
  });

  it("keeps a payload that fits", () => {
    expect(fromMessageData(toMessage(gollum(9_000_000), {}).data.toString("base64")).payload).not.toBeNull();
  });

  it("drops a payload that does not fit, keeps the normalized fields and gives the size of the payload", () => {
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
    ["not JSON", "not json"],
    ["of an unknown source", JSON.stringify({ source: "gitlab" })],
    ["of a source that is a property of Object", JSON.stringify({ source: "constructor" })],
    ["an event without a required field", JSON.stringify({ ...event, number: undefined })],
  ])("is rejected if it is %s", (_, text) => {
    expect(() => fromMessageData(Buffer.from(text).toString("base64"))).toThrow(InvalidEventError);
  });
});
