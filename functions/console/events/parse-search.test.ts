import { expect, it } from "vitest";
import { parseSearch, type Search } from "./parse-search.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";
const pull = (repository: string | null, number: number): Search => ({
  kind: "pull-request",
  repository,
  number,
});

it.each<[string, Search]>([
  ["", { kind: "all" }],
  ["  ", { kind: "all" }],
  ["getsentry/sentry#12", pull("getsentry/sentry", 12)],
  ["#12", pull(null, 12)],
  ["https://github.com/getsentry/sentry/pull/12", pull("getsentry/sentry", 12)],
  ["https://github.com/getsentry/sentry/pull/12/files#diff-1", pull("getsentry/sentry", 12)],
  [sha, { kind: "sha", sha }],
  [sha.toUpperCase(), { kind: "sha", sha }],
  ["0123456", { kind: "sha", sha: "0123456" }],
  [`https://github.com/getsentry/sentry/commit/${sha}`, { kind: "sha", sha }],
  ["012345", { kind: "word", word: "012345" }],
  ["defaced", { kind: "word", word: "defaced" }],
  ["Mira.Okafor@sentry.io", { kind: "email", email: "mira.okafor@sentry.io" }],
  ["@mira-okafor", { kind: "word", word: "mira-okafor" }],
  ["72d3162e-cc78-11e3-81ab-4c9367dc0958", { kind: "word", word: "72d3162e-cc78-11e3-81ab-4c9367dc0958" }],
])("reads %j", (text, search) => {
  expect(parseSearch(text)).toEqual(search);
});
