import { expect, it } from "vitest";
import type { LocalMessage } from "../../emulators/slack/workspace.ts";
import { groupThreads } from "./group-threads.ts";

const message = (ts: string, more: Partial<LocalMessage> = {}): LocalMessage => ({
  channel: "C0ENG",
  channel_name: "eng",
  ts,
  user: "U0BOT",
  text: ts,
  blocks: [],
  attachments: [],
  ...more,
});

it("a conversation consists of threads, oldest first, with ephemeral messages among them", () => {
  const messages = [
    message("3", { thread_ts: "1" }),
    message("2", { thread_ts: "1", ephemeral_to: "U0MIRA" }),
    message("4"),
    message("1"),
    message("5", { channel: "C0OTHER" }),
    message("6", { ephemeral_to: "U0LENA" }),
  ];
  const threads = groupThreads({ messages }, "C0ENG");
  expect(threads.map((thread) => [thread.message.ts, thread.replies.map(({ ts }) => ts)])).toEqual([
    ["1", ["2", "3"]],
    ["4", []],
    ["6", []],
  ]);
});
