import { expect, it } from "vitest";
import { findReverted } from "./find-reverted.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";

it.each<[title: string, body: string, reverted: ReturnType<typeof findReverted>]>([
  ["Fix it", "", null],
  ["Fix it", "It mentions Reverts in passing, and #7", null],
  ['Revert "Fix it"', "", { pullRequest: null, commit: null }],
  ['Revert "Fix it"', "Reverts getsentry/sentry#7", { pullRequest: 7, commit: null }],
  ['Revert "Fix it (#7)"', `This reverts commit ${sha}.`, { pullRequest: null, commit: sha }],
  [
    "fix: Take it back",
    `Because.\n\nThis reverts commit ${sha.slice(0, 10)}.`,
    { pullRequest: null, commit: sha.slice(0, 10) },
  ],
  ["ref: Take it back", "Reverts #7\r\n", { pullRequest: 7, commit: null }],
  // A revert of a revert brings the change back.
  ['Revert "Revert "Fix it""', "Reverts getsentry/sentry#8", null],
  ['Revert "Revert "Revert "Fix it"""', "Reverts getsentry/sentry#9", { pullRequest: 9, commit: null }],
])("%s, %s reverts %j", (title, body, reverted) => {
  expect(findReverted(title, body)).toEqual(reverted);
});
