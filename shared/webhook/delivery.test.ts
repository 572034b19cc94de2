import { describe, expect, it } from "vitest";
import { Delivery } from "./delivery.ts";

const read = (text: string) => new Delivery({ rawHeaders: [] }, Buffer.from(text), "application/json").json();

describe("the JSON of a delivery", () => {
  it.each([
    ["a byte order mark", '\uFEFF{"a":1}', { a: 1 }],
    ["white space around it", ' \n{"a":1}\r\n', { a: 1 }],
    ["a key twice: the last value counts", '{"a":1,"a":2,"b":{"c":1,"c":3}}', { a: 2, b: { c: 3 } }],
    ["line separators and escapes in any case", '{"a":"\u2028\\u00E9\\u00e9"}', { a: "\u2028éé" }],
  ])("may have %s", (_, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it("with the key __proto__ twice changes no prototype", () => {
    const value = read('{"__proto__":{"polluted":1},"__proto__":{"polluted":2}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  const filling = '"first":"a-secret","second":"another-secret",'.repeat(3);
  it.each([
    ["NaN", `{${filling}"size":NaN,"secret":"third"}`, "Unexpected token 'N'"],
    ["Infinity", `{${filling}"size":-Infinity}`, "No number after minus sign"],
    ["two byte order marks", '\uFEFF\uFEFF{"secret":1}', "Unexpected token"],
    ["a comma at the end", '{"secret":1,}', "double-quoted property name"],
    ["a single quote", `{'secret':1}`, "property name"],
    ["a word", `{${filling}"size":secret}`, "Unexpected token 's'"],
    ["NUL in a string", `{"a":"\0secret"}`, "control character"],
    ["half of an object", `{${filling}"size":"sec`, "Unterminated string"],
  ])("is refused with %s, and the reason shows nothing of the body", (_, text, reason) => {
    const error = expect.objectContaining({
      status: 400,
      message: expect.stringMatching(new RegExp(`^The body is not valid JSON: .*${reason}(?!.*secret)`)),
    });
    expect(() => read(text)).toThrow(error);
  });

  it.each(["[]", "null", "5", '"text"', "true"])("is refused if it is %s", (text) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ status: 400, message: "The body is not a JSON object" }),
    );
  });

  it("may be nested a million levels deep", () => {
    expect(read(`{"a":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`)).toHaveProperty("a");
  });
});

describe("the JSON of a payload", () => {
  const deliver = (text: string) => new Delivery({ rawHeaders: [] }, Buffer.from(text), "application/json");
  const payloadJson = (text: string) => {
    const delivery = deliver(text);
    return delivery.findPayloadJson(delivery.json());
  };

  it("is what the sender wrote, to the byte", () => {
    const text = ' { "id": 1152921506151679042.50,\n"id": 1e400 } ';
    expect(payloadJson(text)?.bytes.toString()).toBe(text);
  });

  it.each([
    ["a byte order mark", '\uFEFF{"a":1}', '{"a":1}'],
    ["NUL", String.raw`{"a":"\u0000"}`, String.raw`{"a":"\ufffd"}`],
    ["half of a pair of surrogates", String.raw`{"a":"\ud83d"}`, String.raw`{"a":"\ufffd"}`],
  ])("does not have %s", (_, text, json) => {
    expect(payloadJson(text)).toEqual({ json, bytes: Buffer.from(json) });
  });

  it("is unknown for a payload that was made of the body", () => {
    const delivery = deliver('{"a":1}');
    expect(delivery.findPayloadJson({ ...delivery.json() })).toBeUndefined();
    expect(delivery.findPayloadJson(null)).toBeUndefined();
  });
});
