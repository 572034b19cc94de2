import { describe, expect, it } from "vitest";
import { clippedText, escapeText, link, mention } from "./mrkdwn.ts";

describe("text from outside", () => {
  it.each([
    ["", ""],
    ["plain", "plain"],
    ["<!channel> <@U123>", "&lt;!channel&gt; &lt;@U123&gt;"],
    ["a & b", "a &amp; b"],
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"],
  ])("%j is shown as it is: %j", (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });
});

describe("text that is cut", () => {
  it.each([
    ["fits", "12345", 5, "12345"],
    ["is too long", "123456", 5, "1234…"],
    ["is too long only when escaped", "a&b", 5, "a…"],
    ["fits when escaped", "a&b", 7, "a&amp;b"],
    ["would end within an entity", "1<234567", 5, "1…"],
    ["ends with an entity", "<12345", 5, "&lt;…"],
    ["would end within a character", "123😀5", 5, "123…"],
    ["ends with a character of two units", "12😀45", 5, "12😀…"],
    ["is empty", "", 5, ""],
  ])("%s", (_, text, max, expected) => {
    const cut = clippedText(text, max);
    expect(cut).toBe(expected);
    expect(cut.length).toBeLessThanOrEqual(max);
  });

  it("is never longer than it may be, of whatever it is made", () => {
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

describe("a link", () => {
  it.each([
    ["https://x.y/a", "text", "<https://x.y/a|text>"],
    ["https://x.y/?a=1&b=2", "a > b", "<https://x.y/?a=1&amp;b=2|a &gt; b>"],
    ["https://x.y/a|b c>d", "t", "<https://x.y/a%7Cb%20c&gt;d|t>"],
    ["https://x.y", "two\n\nlines", "<https://x.y|two lines>"],
    ["https://x.y", "> <!channel>", "<https://x.y|&gt; &lt;!channel&gt;>"],
  ])("to %s with the text %j", (url, text, expected) => {
    expect(link(url, text)).toBe(expected);
  });

  it("has a text of at most so many characters", () => {
    expect(link("https://x.y", "x".repeat(10_000), 5)).toBe("<https://x.y|xxxx…>");
  });
});

it("a mention notifies a person", () => {
  expect(mention("U0MIRA")).toBe("<@U0MIRA>");
});
