import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../shared/configuration-error.ts";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { sign } from "./sign.ts";
import { verifySignature } from "./verify-signature.ts";

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString("base64")}`;
const [current, previous, other] = [
  "the current secret of jobs",
  "the previous secret of jobs",
  "somebody else's",
].map(secretOf) as [string, string, string];
const body = Buffer.from('{"type":"measurement","data":{"name":"größe","value":1}}');

function deliver(headers: Record<string, string>): Delivery {
  return new Delivery({ rawHeaders: Object.entries(headers).flat() }, body, "application/json");
}

const signed = (more: Partial<Parameters<typeof sign>[0]> = {}) =>
  sign({ body, secret: current, id: "job-118", ...more });

describe("verifySignature", () => {
  it("accepts a signature of the newest secret", () => {
    expect(() => verifySignature(deliver(signed()), [current, previous])).not.toThrow();
  });

  it("accepts a signature of the previous secret", () => {
    expect(() => verifySignature(deliver(signed({ secret: previous })), [current, previous])).not.toThrow();
  });

  it("accepts one valid signature among several, as a sender that rotates its secret sends them", () => {
    const list = [signed({ secret: other }), signed()].map((headers) => headers["webhook-signature"]);
    const headers = { ...signed(), "webhook-signature": `v1a,AAAA ${list.join(" ")}` };
    expect(() => verifySignature(deliver(headers), [current])).not.toThrow();
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["another secret", signed({ secret: other }), /does not match/],
    ["another id", { ...signed(), "webhook-id": "job-119" }, /does not match/],
    ["another body", signed({ body: Buffer.from("{}") }), /does not match/],
    ["no version", { ...signed(), "webhook-signature": "v1" }, /does not match/],
    ["a timestamp that was changed", { ...signed(), "webhook-timestamp": timestamp(1) }, /does not match/],
    ["a timestamp six minutes ago", signed({ now: new Date(Date.now() - 360_000) }), /more than 5 minutes/],
    ["a timestamp six minutes ahead", signed({ now: new Date(Date.now() + 360_000) }), /more than 5 minutes/],
    ["a timestamp with text", { ...signed(), "webhook-timestamp": `${timestamp(0)}x` }, /seconds since 1970/],
    [
      "a timestamp as text",
      { ...signed(), "webhook-timestamp": new Date().toISOString() },
      /seconds since 1970/,
    ],
  ])("refuses %s", (_, headers, reason) => {
    expect(() => verifySignature(deliver(headers), [current, previous])).toThrow(
      expect.objectContaining({ status: 401, message: expect.stringMatching(reason) }),
    );
  });

  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("refuses a report without %s", (name) => {
    const { [name]: _, ...headers } = signed();
    expect(() => verifySignature(deliver(headers), [current])).toThrow(
      expect.objectContaining({ status: 401, message: `The header ${name} is missing` }),
    );
  });

  it.each(["", "whsec_", "whsec_not base64!", "c2VjcmV0IG9mIGpvYnM="])(
    "names the secret of the form %j as a wrong configuration",
    (secret) => {
      expect(() => verifySignature(deliver(signed()), [secret])).toThrow(ConfigurationError);
    },
  );
});

function timestamp(seconds: number): string {
  return String(Math.floor(Date.now() / 1000) + seconds);
}
