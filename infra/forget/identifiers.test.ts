import { describe, expect, it } from "vitest";
import { buildReplacement } from "./identifiers.ts";

/** As BigQuery and Postgres do it: twice, because neighbours share the character between them. */
function replace(text: string, identifiers: string[], options?: { insideWords: boolean }) {
  const { pattern, text: replacement } = buildReplacement(identifiers, "forgotten-1", options);
  const expression = new RegExp(pattern.replace("(?i)", ""), "gi");
  const into = replacement.replaceAll("\\1", () => "$1").replaceAll("\\3", () => "$3");
  return text.replaceAll(expression, into).replaceAll(expression, into);
}

describe("a person's identifiers", () => {
  it.each([
    ["mira", "forgotten-1"],
    ['{"login":"Mira"}', '{"login":"forgotten-1"}'],
    ["mira mira,mira", "forgotten-1 forgotten-1,forgotten-1"],
    ["by @mira.", "by @forgotten-1."],
    [String.raw`"a\nmira\tb \u003cmira\u003e"`, String.raw`"a\nforgotten-1\tb \u003cforgotten-1\u003e"`],
    ["https://github.com/mira/x", "https://github.com/forgotten-1/x"],
    ["mira.okafor@sentry.io", "forgotten-1"],
    ["admirable mirage mira-okafor mira2", "admirable mirage mira-okafor mira2"],
    ["miraXokafor@sentryYio", "miraXokafor@sentryYio"],
  ])("in %s become %s", (text, expected) => {
    expect(replace(text, ["mira", "mira.okafor@sentry.io"])).toBe(expected);
  });

  it("inside of words are replaced on demand", () => {
    expect(replace("fix-by-mira2", ["mira"], { insideWords: true })).toBe("fix-by-forgotten-12");
  });
});
