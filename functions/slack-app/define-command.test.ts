import { describe, expect, it } from "vitest";
import { cancelWorkflows } from "./cancel-workflows.ts";
import { countTypescript } from "./count-typescript.ts";
import { listCommands, readWords } from "./define-command.ts";
import { help } from "./help.ts";
import { deployNotifications } from "./set-notifications.ts";
import { syncUsers } from "./sync-users.ts";

const commands = { deployNotifications, cancelWorkflows, countTypescript, syncUsers, help };
const pull = "https://github.com/getsentry/sentry/pull/24000";

/** Every command that matches a text, with its arguments. */
function parse(text: string, isDirect: boolean) {
  const words = readWords(text, ["U0BOT"]);
  return Object.entries(commands).flatMap(([command, { parse, match }]) => {
    const args = parse(words, isDirect);
    expect(match(words, isDirect) === null).toBe(args === null);
    return args === null ? [] : [{ command, ...args }];
  });
}

describe("a message", () => {
  it.each([
    ["help", { command: "help" }],
    ["<@U0BOT> help", { command: "help" }],
    ["<@U0BOT|ci-tooling>: HELP ", { command: "help" }],
    ["  <@U0BOT>   Type\u00a0Script", null],
    ["<@U0BOT>\u00a0TypeScript", { command: "countTypescript" }],
    ["<@U0BOT> sync\n slack  users", { command: "syncUsers" }],
    ["sync slack users please", null],
    ["deploy notifications on", { command: "deployNotifications", on: true }],
    ["Deploy  Notifications OFF", { command: "deployNotifications", on: false }],
    ["deploy notification off", { command: "deployNotifications", on: false }],
    ["deploy notifications", null],
    ["deploy notifications maybe", null],
    [`gha cancel <${pull}>`, { command: "cancelWorkflows", url: pull }],
    [`GHA Cancel <${pull}|${pull}>`, { command: "cancelWorkflows", url: pull }],
    [`gha cancel <${pull}?a=1&amp;b=2>`, { command: "cancelWorkflows", url: `${pull}?a=1&b=2` }],
    [`gha   cancel ${pull}  now`, { command: "cancelWorkflows", url: `${pull} now` }],
    ["gha cancel", { command: "cancelWorkflows", url: "" }],
    ["gha cancel-all", { command: "cancelWorkflows", url: "" }],
    ["gha cancelled", null],
    ["gha cancel &lt;!channel&gt;", { command: "cancelWorkflows", url: "<!channel>" }],
    ["<@U0MIRA> help", null],
    ["‹help›", { command: "help" }],
    ["`help`", { command: "help" }],
    ["```help```", { command: "help" }],
    ["help.", { command: "help" }],
    ["<@U0BOT> &lt;help&gt;!", { command: "help" }],
    ["(*help*)…", { command: "help" }],
    ["“_help_.”", { command: "help" }],
    ["help me", null],
    ["`deploy notifications` off.", { command: "deployNotifications", on: false }],
    ["deploy notifications `off`", { command: "deployNotifications", on: false }],
    ["`typescript`?", { command: "countTypescript" }],
    ["(typescript", null],
    ["'", null],
    [`\`gha cancel <${pull}>\`.`, { command: "cancelWorkflows", url: pull }],
    [`gha cancel \`<${pull}|https://github.com/get…>\``, { command: "cancelWorkflows", url: pull }],
    ["could you help <@U0BOT>", null],
    ["<@U0BOT>", null],
    ["", null],
  ])("%j asks for %j", (text, expected) => {
    expect(parse(text, false)).toEqual(expected === null ? [] : [expected]);
    // A direct message that is no command gets the help.
    expect(parse(text, true)[0]).toEqual(expected ?? { command: "help" });
  });
});

it("the list of commands has a line per command", () => {
  expect(listCommands(Object.values(commands)).split("\n")).toEqual([
    "• `deploy notifications on` or `off`: whether you are told when a commit of yours is ready to deploy",
    "• `gha cancel &lt;pull request URL&gt;`: cancels the workflow runs of a pull request that are still going on",
    "• `typescript`: how far the conversion to TypeScript is",
    "• `sync slack users`: updates what I know about everybody in Slack",
    "• `help`: this list",
  ]);
});
