import { expect, it } from "vitest";
import { commands } from "../../../functions/slack-app/commands.ts";
import type { LocalMessage } from "../../emulators/slack/workspace.ts";
import { listCommands } from "./list-commands.ts";
import { searchMessages } from "./search-messages.ts";

const message = (ts: string, more: Partial<LocalMessage>): LocalMessage => ({
  channel: "C0ENG",
  channel_name: "eng",
  ts,
  user: "U0BOT",
  text: "",
  blocks: [],
  attachments: [],
  ...more,
});
const messages = [
  message("1", { text: "Master is red" }),
  message("2", { blocks: [{ type: "section", text: { type: "mrkdwn", text: "*Backend* tests failed" } }] }),
  message("3", { channel_name: "mira", attachments: [{ color: "red", text: "A commit on Master" }] }),
];

it.each([
  ["master", ["3", "1"]],
  ["RED master", ["1"]],
  ["backend", ["2"]],
  ["mira", ["3"]],
  ["section", []],
  [" ", []],
])("the search %j finds %j", (search, found) => {
  expect(searchMessages(messages, search).map(({ ts }) => ts)).toEqual(found);
});

it("the composer offers each command of the bot", () => {
  expect(listCommands(commands).map(({ text }) => text)).toEqual([
    "deploy notifications on",
    "gha cancel ",
    "typescript",
    "sync slack users",
    "help",
  ]);
  expect(listCommands(commands)[1]?.usage).toBe("gha cancel <pull request URL>");
});
