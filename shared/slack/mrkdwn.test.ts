import { describe, expect, it } from "vitest";
import { clipped, clippedText, escapeText, link, mention } from "./mrkdwn.ts";

describe("escapeText", () => {
  it.each([
    ["", ""],
    ["plain", "plain"],
    ["<!channel> <@U123>", "&lt;!channel&gt; &lt;@U123&gt;"],
    ["a & b", "a &amp; b"],
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"],
    ["a\ud83d \u{1F600} \ude00", "a\uFFFD \u{1F600} \uFFFD"],
  ])("escapes %j as %j", (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });
});

it.each([
  [1, ""],
  [2, "\u{1F600}"],
  [3, "\u{1F600}"],
  [4, "\u{1F600}\u{1F600}"],
  [9, "\u{1F600}\u{1F600}"],
])("clipped cuts two emoji to %i code units between characters", (max, text) => {
  expect(clipped("\u{1F600}\u{1F600}", max)).toBe(text);
});

describe("clippedText", () => {
  it.each([
    ["keeps a text that fits", "12345", 5, "12345"],
    ["cuts a text that is too long", "123456", 5, "1234…"],
    ["cuts a text that is too long only after escaping", "a&b", 5, "a…"],
    ["keeps a text that fits after escaping", "a&b", 7, "a&amp;b"],
    ["does not cut through an entity", "1<234567", 5, "1…"],
    ["keeps an entity at the end", "<12345", 5, "&lt;…"],
    ["does not cut through a surrogate pair", "123😀5", 5, "123…"],
    ["keeps a surrogate pair at the end", "12😀45", 5, "12😀…"],
    ["keeps an empty text", "", 5, ""],
  ])("%s", (_, text, max, expected) => {
    const cut = clippedText(text, max);
    expect(cut).toBe(expected);
    expect(cut.length).toBeLessThanOrEqual(max);
  });

  it("never returns more than the maximum, whatever the characters", () => {
    for (const character of ["a", "&", "<", "😀", "é"])
      for (let length = 0; length < 40; length++)
        for (let max = 1; max < 20; max++) {
          const cut = clippedText(character.repeat(length), max);
          expect(cut.length).toBeLessThanOrEqual(max);
          // Throws for half a character.
          encodeURIComponent(cut);
          expect(cut.replaceAll(/&(amp|lt|gt);/g, "")).not.toContain("&");
        }
  });
});

describe("link", () => {
  it.each([
    ["https://x.y/a", "text", "<https://x.y/a|text>"],
    ["https://x.y/?a=1&b=2", "a > b", "<https://x.y/?a=1&amp;b=2|a &gt; b>"],
    ["https://x.y/a|b c>d", "t", "<https://x.y/a%7Cb%20c&gt;d|t>"],
    ["https://x.y", "two\n\nlines", "<https://x.y|two lines>"],
    ["https://x.y", "> <!channel>", "<https://x.y|&gt; &lt;!channel&gt;>"],
  ])("links %s with the text %j", (url, text, expected) => {
    expect(link(url, text)).toBe(expected);
  });

  it("cuts the text to the maximum", () => {
    expect(link("https://x.y", "x".repeat(10_000), 5)).toBe("<https://x.y|xxxx…>");
  });
});

it("a mention notifies a person", () => {
  expect(mention("U0MIRA")).toBe("<@U0MIRA>");
});
