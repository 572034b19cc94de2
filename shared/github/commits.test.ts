import { describe, expect, it } from "vitest";
import { service } from "../../test/support/getsentry.ts";
import { relevantCommit } from "./commits.ts";

const upstream = "6d225cb63aabb2b0e2a1d0a5f7c8d9e0f1a2b3c4";

const own = { repository: "getsentry/getsentry", sha: "own" };
const bump = { repository: "getsentry/sentry", sha: upstream };

describe("relevantCommit", () => {
  it.each([
    ["the bot's bump", ["getsentry-bot"], `getsentry/sentry@${upstream}\n\nfix: It`, bump],
    [
      "a bump with only the bot's e-mail address",
      [undefined, "Bot", "bot@sentry.io"],
      `getsentry/sentry@${upstream}`,
      bump,
    ],
    [
      "a bump that writes the repository in another case",
      ["getsentry-bot"],
      `GetSentry/Sentry@${upstream}`,
      bump,
    ],
    ["the bot's other commit", ["getsentry-bot"], "ref: Clean up", own],
    ["another author's commit that looks like a bump", ["mira-okafor"], `getsentry/sentry@${upstream}`, own],
    ["a bump that is not at the beginning", ["getsentry-bot"], `Revert getsentry/sentry@${upstream}`, own],
    ["a short sha", ["getsentry-bot"], "getsentry/sentry@6d225cb", own],
    ["a sha that is too long", ["getsentry-bot"], `getsentry/sentry@${upstream}0`, own],
    ["another repository", ["getsentry-bot"], `getsentry/relay@${upstream}`, own],
    ["an unknown author", [null, undefined], `getsentry/sentry@${upstream}`, own],
  ])("resolves %s", (_, authorNames, message, expected) => {
    expect(relevantCommit({ sha: "own", message, authoredAt: null, authorNames }, service)).toEqual(expected);
  });
});
