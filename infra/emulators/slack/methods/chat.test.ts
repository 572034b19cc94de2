import { type ChatPostMessageArguments, type LogLevel, WebClient } from "@slack/web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultWorkspace } from "../../../local/seed/slack.ts";
import { type RunningSlack, startSlack } from "../start.ts";

let slack: RunningSlack;
let chat: WebClient["chat"];
beforeAll(async () => {
  slack = await startSlack({ workspace: defaultWorkspace() });
  const options = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logLevel: "none" as LogLevel };
  ({ chat } = new WebClient("xoxb-test", options));
});
afterAll(() => slack.stop());

const ENG = "C0ENG";
const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });
const attachment = { color: "#e7e1ec", blocks: [section("commit")] };
const metadata = { event_type: "required_check", event_payload: { id: "e1", shas: [{ sha: "a" }] } };

async function post(fields: object = {}) {
  const message = { channel: ENG, text: "red", ...fields } as ChatPostMessageArguments;
  const { ts = "" } = await chat.postMessage(message);
  return ts;
}

function findMessage(ts: string) {
  return slack.messages().find((message) => message.ts === ts);
}

describe("chat.postMessage", () => {
  it("stores all fields of a message", async () => {
    const parent = await post();
    const given = { thread_ts: parent, metadata, unfurl_links: false, reply_broadcast: true };
    const ts = await post({ ...given, blocks: [section("why")], attachments: [attachment] });
    expect(findMessage(ts)).toEqual({
      channel: ENG,
      channel_name: "team-engineering",
      ts,
      user: "U0BOT",
      text: "red",
      blocks: [section("why")],
      attachments: [attachment],
      ...given,
    });
  });

  it("responds with the message in the form of Slack's other methods", async () => {
    const { message } = await chat.postMessage({ channel: ENG, text: "[1]", metadata });
    expect(message).toMatchObject({ type: "message", text: "[1]", bot_id: "B0LOCAL", metadata });
  });

  it.each<[string, object, string[]]>([
    ["invalid_thread_ts", { thread_ts: "17" }, ["[ERROR] 17 is not a valid thread_ts"]],
    ["thread_not_found", { thread_ts: "1700000000.000100" }, []],
    [
      "invalid_blocks",
      { blocks: [section("")] },
      ["[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"],
    ],
    [
      "invalid_blocks",
      { blocks: [section("ok"), section("cut \ud83d")] },
      ["[ERROR] must be valid Unicode [json-pointer:/blocks/1/text/text]"],
    ],
    [
      "invalid_attachments",
      { attachments: [{ blocks: [section("\ude00")] }] },
      ["[ERROR] must be valid Unicode [json-pointer:/attachments/0/blocks/0/text/text]"],
    ],
    ["invalid_blocks_format", { blocks: "[" }, []],
    ["msg_blocks_too_long", { blocks: Array.from({ length: 5 }, () => section("x".repeat(2900))) }, []],
    [
      "invalid_attachments",
      { attachments: [{ blocks: [{ type: "header" }] }] },
      ["[ERROR] missing required field: text [json-pointer:/attachments/0/blocks/0]"],
    ],
    ["too_many_attachments", { attachments: Array.from({ length: 101 }, () => attachment) }, []],
    ["invalid_metadata_format", { metadata: { event_type: "e" } }, []],
    ["invalid_metadata_format", { metadata: { event_type: "e", event_payload: { a: { b: { c: 1 } } } } }, []],
    ["metadata_too_large", { metadata: { event_type: "e", event_payload: { a: "x".repeat(8000) } } }, []],
    ["channel_not_found", { channel: "U0GONE" }, []],
    ["cannot_dm_bot", { channel: "U0BOT" }, []],
  ])("rejects with %s: %j", async (error, fields, messages) => {
    const before = slack.messages().length;
    await expect(post(fields)).rejects.toMatchObject({
      data: { error, ...(messages.length > 0 && { response_metadata: { messages } }) },
    });
    expect(slack.messages()).toHaveLength(before);
  });

  it("rejects a reply to a reply", async () => {
    const reply = await post({ thread_ts: await post() });
    await expect(post({ thread_ts: reply })).rejects.toMatchObject({
      data: { error: "cannot_reply_to_message" },
    });
  });
});

describe("chat.update", () => {
  const full = { blocks: [section("b")], attachments: [attachment], metadata };
  const kept = { text: "red", ...full };
  it.each<[string, object, object]>([
    ["a text replaces text and blocks", { text: "green" }, { ...kept, text: "green", blocks: [] }],
    ["blocks replace blocks only", { blocks: [section("c")] }, { ...kept, blocks: [section("c")] }],
    ["an empty list removes attachments", { attachments: [] }, { ...kept, attachments: [] }],
    [
      "empty metadata remove the metadata",
      { text: "red", blocks: full.blocks, metadata: {} },
      { ...kept, metadata: undefined },
    ],
  ])("%s", async (_, fields, expected) => {
    const ts = await post(full);
    await chat.update({ channel: ENG, ts, ...fields } as Parameters<typeof chat.update>[0]);
    expect({ metadata: undefined, ...findMessage(ts) }).toMatchObject({
      ...expected,
      edited: { user: "U0BOT" },
    });
  });

  it.each<[string, (ts: string) => object]>([
    ["message_not_found", () => ({ ts: "1700000000.000100" })],
    ["channel_not_found", (ts) => ({ ts, channel: "#team-engineering" })],
    ["no_text", (ts) => ({ ts, text: undefined })],
    ["no_text", (ts) => ({ ts, text: "" })],
    ["invalid_blocks", (ts) => ({ ts, blocks: [section("")] })],
    ["cant_update_message", () => ({ ts: slack.write({ user: "U0MIRA", text: "hi", channel: ENG }).ts })],
  ])("rejects with %s", async (error, fields) => {
    const update = { channel: ENG, text: "x", ...fields(await post()) };
    await expect(chat.update(update as Parameters<typeof chat.update>[0])).rejects.toMatchObject({
      data: { error },
    });
  });
});

describe("chat.postEphemeral", () => {
  it("posts a message that only one user sees, and that nobody can update or reply to", async () => {
    const { message_ts: ts = "" } = await chat.postEphemeral({ channel: ENG, user: "U0MIRA", text: "psst" });
    expect(findMessage(ts)).toMatchObject({ text: "psst", ephemeral_to: "U0MIRA" });
    await expect(chat.update({ channel: ENG, ts, text: "x" })).rejects.toMatchObject({
      data: { error: "message_not_found" },
    });
    await expect(post({ thread_ts: ts })).rejects.toMatchObject({
      data: { error: "cannot_reply_to_message" },
    });
    await expect(chat.postEphemeral({ channel: ENG, user: "U0NOBODY", text: "x" })).rejects.toMatchObject({
      data: { error: "user_not_in_channel" },
    });
  });
});
