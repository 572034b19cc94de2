import { expect, it } from "vitest";
import { toStorableJson } from "./storable-json.ts";

it.each([
  ["NUL", String.raw`{"a":"\u0000"}`, String.raw`{"a":"\ufffd"}`],
  ["a high surrogate alone", String.raw`["\ud83d"]`, String.raw`["\ufffd"]`],
  ["a low surrogate alone", String.raw`["\uDE00!"]`, String.raw`["\ufffd!"]`],
  ["surrogates in the wrong order", String.raw`["\ude00\ud83d"]`, String.raw`["\ufffd\ufffd"]`],
  ["a high surrogate before a pair", String.raw`["\ud83d\ud83d\ude00"]`, String.raw`["\ufffd\ud83d\ude00"]`],
  ["a high surrogate before another escape", String.raw`["\ud83d\n"]`, String.raw`["\ufffd\n"]`],
  ["NUL behind an escaped backslash", String.raw`["\\\u0000"]`, String.raw`["\\\ufffd"]`],
  ["a key", String.raw`{"\u0000":1}`, String.raw`{"\ufffd":1}`],
])("%s becomes U+FFFD", (_, json, storable) => {
  expect(toStorableJson(json)).toBe(storable);
});

it.each([
  ["a pair of surrogates", String.raw`["\ud83d\ude00"]`],
  ["the text of an escape", String.raw`["\\u0000", "\\ud83d"]`],
  ["another control character", String.raw`["\u0001\n\u00e9"]`],
  ["digits, white space and repeated keys", '{ "a": 1152921506151679042.50,\n"a": 1e400 }'],
])("%s stays", (_, json) => {
  expect(toStorableJson(json)).toBe(json);
});
