import { describe, expect, it } from "vitest";
import { commandOf } from "./command-of.ts";

const pull = "https://github.com/getsentry/sentry/pull/24000";

describe("the command in", () => {
  it.each([
    ["help", { command: "help" }],
    ["<@U0BOT> help", { command: "help" }],
    ["<@U0BOT|ci-tooling>: HELP ", { command: "help" }],
    ["  <@U0BOT>   Type\u00a0Script", { command: "unknown" }],
    ["<@U0BOT>\u00a0TypeScript", { command: "typescript" }],
    ["<@U0BOT> sync\n slack  users", { command: "sync-users" }],
    ["sync slack users please", { command: "unknown" }],
    ["deploy notifications on", { command: "deploy-notifications", on: true }],
    ["Deploy  Notifications OFF", { command: "deploy-notifications", on: false }],
    ["deploy notification off", { command: "deploy-notifications", on: false }],
    ["deploy notifications", { command: "unknown" }],
    ["deploy notifications maybe", { command: "unknown" }],
    [`gha cancel <${pull}>`, { command: "cancel", url: pull }],
    [`GHA Cancel <${pull}|${pull}>`, { command: "cancel", url: pull }],
    [`gha cancel <${pull}?a=1&amp;b=2>`, { command: "cancel", url: `${pull}?a=1&b=2` }],
    [`gha   cancel ${pull}  now`, { command: "cancel", url: `${pull} now` }],
    ["gha cancel", { command: "cancel", url: "" }],
    ["gha cancelled", { command: "unknown" }],
    ["gha cancel &lt;!channel&gt;", { command: "cancel", url: "<!channel>" }],
    ["<@U0MIRA> help", { command: "unknown" }],
    ["could you help <@U0BOT>", { command: "unknown" }],
    ["<@U0BOT>", { command: "unknown" }],
    ["", { command: "unknown" }],
  ])("%j", (text, expected) => {
    expect(commandOf(text, ["U0BOT"])).toEqual(expected);
  });
});
