import { describe, expect, it } from "vitest";
import { validateMessage, validatePublish } from "./validate-message.ts";

const message = { data: "eA==", attributes: {}, orderingKey: "" };

describe("a published message", () => {
  it.each([
    ["10 MB of data", { data: Buffer.alloc(10_000_000).toString("base64") }],
    ["one attribute and no data", { data: "", attributes: { a: "1" } }],
    [
      "100 attributes",
      { attributes: Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`key-${n}`, ""])) },
    ],
    ["a key of 256 bytes", { attributes: { ["é".repeat(128)]: "" } }],
    ["a value of 1024 bytes", { attributes: { a: "é".repeat(512) } }],
    ["an ordering key of 1024 bytes", { orderingKey: "é".repeat(512) }],
  ])("may have %s", (_name, changes) => {
    expect(() => validateMessage({ ...message, ...changes })).not.toThrow();
  });

  it.each([
    ["no data and no attribute", { data: "" }, "A message needs data or an attribute."],
    [
      "more than 10 MB with its attributes",
      { data: Buffer.alloc(10_000_000).toString("base64"), attributes: { a: "1" } },
      "The message has 10000002 bytes, more than 10000000.",
    ],
    [
      "101 attributes",
      { attributes: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`key-${n}`, ""])) },
      "The message has more than 100 attributes.",
    ],
    ["an empty key", { attributes: { "": "1" } }, "The key of an attribute has 1 to 256 bytes."],
    [
      "a key of 257 bytes",
      { attributes: { [`${"é".repeat(128)}a`]: "1" } },
      "The key of an attribute has 1 to 256 bytes.",
    ],
    [
      "a value of 1025 bytes",
      { attributes: { a: `${"é".repeat(512)}a` } },
      'The attribute "a" in the request has a value that is too long. The length is 1025 characters',
    ],
    ["a key that starts with goog", { attributes: { google: "1" } }, "starts with goog"],
    [
      "an ordering key of 1025 bytes",
      { orderingKey: `${"é".repeat(512)}a` },
      "The ordering key has more than 1024 bytes.",
    ],
  ])("with %s is refused", (_name, changes, error) => {
    expect(() => validateMessage({ ...message, ...changes })).toThrow(error);
  });
});

describe("a publish request", () => {
  const large = { ...message, data: Buffer.alloc(6_000_000).toString("base64") };
  it.each([
    ["no message", [], "The value for message_count is too small."],
    ["1,001 messages", Array(1001).fill(message), "You passed message_count in the request"],
    ["12 MB in two messages", [large, large], "The value for 12000000 is too large. You passed request_size"],
  ])("with %s is refused", (_name, messages, error) => {
    expect(() => validatePublish(messages)).toThrow(error);
  });

  it("may have 1,000 messages, and the attributes of the client's tracing", () => {
    const traced = { ...message, attributes: { googclient_traceparent: "00-1-2-01" } };
    expect(() => validatePublish(Array(1000).fill(traced))).not.toThrow();
  });
});
