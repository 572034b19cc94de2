import { describe, expect, it } from "vitest";
import { buildListQuery, eventFilter } from "./build-query.ts";
import { parseSearch } from "./parse-search.ts";

const now = new Date("2026-11-30T12:00:00Z");
const build = (fields: Record<string, string>, names: string[] = []) => {
  const filter = eventFilter.parse(fields);
  return buildListQuery(filter, parseSearch(filter.text ?? ""), { names, now });
};

describe("the query of the list", () => {
  it.each<[string, Record<string, string>, string[], Record<string, unknown>]>([
    ["a week by default", {}, [], { since: "2026-11-23T12:00:00.000Z" }],
    ["a week if the period is not known", { period: "9y" }, [], { since: "2026-11-23T12:00:00.000Z" }],
    ["a day", { period: "1d" }, [], { since: "2026-11-29T12:00:00.000Z" }],
    [
      "what was received before, as far back",
      { period: "1d", before: "2026-11-20T00:00:00Z" },
      [],
      { since: "2026-11-19T00:00:00.000Z", before: "2026-11-20T00:00:00Z" },
    ],
    ["a source", { source: "github" }, [], { source: "github" }],
    ["a sha", { text: "0123456789ABC" }, [], { sha: "0123456789abc" }],
    [
      "a person under all their names",
      { text: "mira@sentry.io" },
      ["mira@sentry.io", "Mira-Okafor", "U0MIRA"],
      { names: ["mira@sentry.io", "mira-okafor", "u0mira"] },
    ],
    [
      "a pull request",
      { text: "Getsentry/Sentry#12" },
      [],
      { reference: "Getsentry/Sentry#12", repository: "getsentry/sentry" },
    ],
    ["a word", { text: "Deploy" }, [], { id: "Deploy", names: ["deploy"], word: "deploy" }],
  ])("finds %s", (_, fields, names, params) => {
    const query = build(fields, names);
    expect(query.params).toMatchObject(params);
    // BigQuery refuses a query without the value of a parameter.
    const used = [...query.sql.matchAll(/@(\w+)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(query.params)));
    expect(query.sql).toContain("received_at >= TIMESTAMP(@since)");
  });

  it.each([
    ['{"pullRequests":[{"baseSha":"1","number":12}]}', true],
    ['{"pullRequests":[{"number":1},{"number":12}]}', true],
    ['{"pullRequests":[{"number":120}]}', false],
    ['{"pullRequests":[],"checkRun":{"number":12}}', false],
    ['{"pullRequestNumber":12}', true],
    ['{"pullRequest":12}', true],
  ])("knows the pull request 12 in %s: %s", (json, found) => {
    const { mention } = build({ text: "#12" }).params;
    expect(new RegExp(String(mention)).test(json)).toBe(found);
  });
});
