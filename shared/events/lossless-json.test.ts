import { describe, expect, it } from "vitest";
import { parseLossless, readDigits, stringifyLossless } from "./lossless-json.ts";

describe("JSON that was parsed and written again", () => {
  it.each([
    '{"id":1152921506151679042}',
    '{"id":-9007199254740993}',
    '{"id":9223372036854775807}',
    '{"id":18446744073709551615}',
    "[1152921506151679042,-1152921506151679042]",
    "[[1152921506151679042],{}]",
    '{"text":"id: 1152921506151679042","quoted":"\\"1152921506151679042","id":1152921506151679042}',
    '{"backslash":"\\\\","id":1152921506151679042}',
    '{"1152921506151679042":1}',
    '{"id":9007199254740991,"ratio":0.5}',
  ])("has the digits of %s", (text) => {
    expect(stringifyLossless(parseLossless(text))).toBe(text);
  });

  it.each([
    ["an integer that BigQuery's JSON does not hold", "18446744073709551616", "18446744073709552000"],
    ["a fraction", "1152921506151679042.5", "1152921506151679000"],
    ["an exponent", "1152921506151679042e1", "11529215061516790000"],
  ])("is rounded for %s", (_, text, rounded) => {
    expect(stringifyLossless(parseLossless(`[${text}]`))).toBe(`[${rounded}]`);
  });

  it("gives the digits of an integer, and none for text", () => {
    const [id, text] = parseLossless('[9007199254740993,"9007199254740993"]') as [string, string];
    expect([readDigits(id), readDigits(text)]).toEqual(["9007199254740993", null]);
  });

  it("is refused as JSON.parse refuses it", () => {
    for (const text of ["{", "[01152921506151679042]", '"1152921506151679042'])
      expect(() => parseLossless(text)).toThrow(SyntaxError);
  });
});
