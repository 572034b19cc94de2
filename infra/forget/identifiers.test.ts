import { describe, expect, it } from "vitest";
import { accountTexts, buildNumberPatterns, buildReplacement } from "./identifiers.ts";

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

describe("GitHub's number of an account", () => {
  const { numbers } = buildReplacement(["mira", "M. Okafor"], "forgotten-0000000a");
  const replaceNumber = (text: string) =>
    numbers.reduce(
      (left, { pattern, text: into }) =>
        left.replaceAll(
          new RegExp(pattern.replace("(?i)", ""), "gi"),
          into.replaceAll(/\\(\d)/g, (_, group) => `$${group}`),
        ),
      text,
    );

  it.each([
    ['{"id":"71","name":"mira","type":"user"}', '{"id":"-10","name":"mira","type":"user"}'],
    ['{"id": 71, "name": "Mira"}', '{"id": -10, "name": "Mira"}'],
    ['{"login":"mira","id":71,"x":1}', '{"login":"mira","id":-10,"x":1}'],
    ['{"html_url":"u","id":71,"login":"mira"}', '{"html_url":"u","id":-10,"login":"mira"}'],
    [
      '[{"id":71,"login":"jonas"},{"id":72,"number":71}]',
      '[{"id":71,"login":"jonas"},{"id":72,"number":71}]',
    ],
  ])("in %s is replaced where it is the person's", (text, expected) => {
    expect(replaceNumber(text)).toBe(expected);
  });

  it("is found beside the login, in both orders", () => {
    const text = '{"user":{"login":"Mira","id":71},"actor":{"id":"72","name":"mira"},"other":{"id":73}}';
    const found = buildNumberPatterns(["mira"]).flatMap((pattern) =>
      [...text.matchAll(new RegExp(pattern.replace("(?i)", ""), "gi"))].map(([, id]) => id),
    );
    expect(found.sort()).toEqual(["71", "72"]);
  });

  it.each([
    ["9919", "U_kgDNJr8"],
    ["583231", "U_kgDOAAjmPw"],
    ["583231", "MDQ6VXNlcjU4MzIzMQ=="],
    ["583231", "githubusercontent.com/u/583231"],
    ["583231", "583231+octocat@users.noreply.github.com"],
  ])("%s is also in %s", (id, text) => {
    expect(accountTexts([id], ["octocat"])).toContain(text);
  });
});
