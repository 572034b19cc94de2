import { type LogLevel, WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultWorkspace } from "../../../local/seed/slack.ts";
import { type RunningSlack, startSlack } from "../start.ts";

let slack: RunningSlack;
let client: WebClient;
beforeEach(async () => {
  slack = await startSlack({ workspace: defaultWorkspace() });
  const options = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logLevel: "none" as LogLevel };
  client = new WebClient("xoxb-test", options);
});
afterEach(() => slack.stop());

const channel = "C0ENG";
const metadata = { event_type: "e", event_payload: { id: "1" } };

async function post(text: string, thread_ts?: string, reply_broadcast = false) {
  const thread = thread_ts === undefined ? {} : { thread_ts, reply_broadcast };
  const { ts = "" } = await client.chat.postMessage({ channel, text, metadata, ...thread } as Parameters<
    typeof client.chat.postMessage
  >[0]);
  return ts;
}

async function history(options: object = {}) {
  const { messages = [] } = await client.conversations.history({ channel, ...options });
  return messages.map(({ text }) => text);
}

describe("conversations.history", () => {
  it("returns the messages of the channel without replies, newest first", async () => {
    const first = await post("1");
    await post("reply", first);
    await post("broadcast", first, true);
    await client.chat.postEphemeral({ channel, user: "U0MIRA", text: "psst" });
    slack.write({ user: "U0MIRA", channel, text: "3" });
    expect(await history()).toEqual(["3", "broadcast", "1"]);
    const { messages } = await client.conversations.history({ channel });
    expect(messages?.[2]).toMatchObject({
      user: "U0BOT",
      bot_id: "B0LOCAL",
      reply_count: 2,
      thread_ts: first,
    });
    expect(messages?.[0]).not.toHaveProperty("bot_id");
  });

  it("returns metadata only with include_all_metadata", async () => {
    await post("1");
    const ask = (options: object) => client.conversations.history({ channel, ...options });
    expect((await ask({})).messages?.[0]).not.toHaveProperty("metadata");
    expect((await ask({ include_all_metadata: true })).messages?.[0]).toMatchObject({ metadata });
  });

  it("returns pages, and messages between two times", async () => {
    const ts = [await post("1"), await post("2"), await post("3")];
    const first = await client.conversations.history({ channel, limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? "";
    const second = await client.conversations.history({ channel, limit: 2, cursor });
    expect([first.has_more, second.has_more]).toEqual([true, false]);
    expect(second.messages).toMatchObject([{ text: "1" }]);
    expect(await history({ oldest: ts[0] })).toEqual(["3", "2"]);
    expect(await history({ oldest: ts[0], inclusive: true })).toEqual(["3", "2", "1"]);
    expect(await history({ latest: ts[2], limit: 1 })).toEqual(["2"]);
    await expect(history({ cursor: "eA==" })).rejects.toMatchObject({ data: { error: "invalid_cursor" } });
    await expect(history({ limit: -1 })).rejects.toMatchObject({ data: { error: "invalid_limit" } });
  });

  it.each([
    ["channel_not_found", "#team-engineering"],
    ["channel_not_found", "C0NOWHERE"],
    ["not_in_channel", "C0GENERAL"],
  ])("rejects with %s: %s", async (error, where) => {
    await expect(history({ channel: where })).rejects.toMatchObject({ data: { error } });
  });
});

describe("conversations.replies", () => {
  it("returns the parent, then the replies, oldest first", async () => {
    const ts = await post("parent");
    await post("1", ts);
    await post("another thread");
    await post("2", ts);
    const { messages, has_more } = await client.conversations.replies({
      channel,
      ts,
      include_all_metadata: true,
    });
    expect(messages?.map(({ text }) => text)).toEqual(["parent", "1", "2"]);
    expect(messages?.[1]).toMatchObject({ thread_ts: ts, metadata });
    expect(has_more).toBe(false);
    const first = await client.conversations.replies({ channel, ts, limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? "";
    const second = await client.conversations.replies({ channel, ts, limit: 2, cursor });
    expect(second.messages?.map(({ text }) => text)).toEqual(["2"]);
  });

  it("returns only the parent without replies, and rejects an unknown parent", async () => {
    const ts = await post("alone");
    expect((await client.conversations.replies({ channel, ts })).messages).toHaveLength(1);
    await expect(client.conversations.replies({ channel, ts: "1.2" })).rejects.toMatchObject({
      data: { error: "thread_not_found" },
    });
  });
});

describe("conversations.open", () => {
  it("returns the id of the direct messages with a user", async () => {
    const { channel: opened } = await client.conversations.open({ users: "U0MIRA" });
    expect(opened).toEqual({ id: "D0MIRA" });
    await client.chat.postMessage({ channel: opened?.id ?? "", text: "hello" });
    expect(await history({ channel: "D0MIRA" })).toEqual(["hello"]);
  });

  it.each([
    ["user_not_found", "U0NOBODY"],
    ["user_disabled", "U0GONE"],
    ["cannot_dm_bot", "U0BOT"],
    ["users_list_not_supplied", ""],
    ["too_many_users", "U0MIRA,U0JONAS"],
  ])("rejects with %s: %s", async (error, users) => {
    await expect(client.conversations.open({ users })).rejects.toMatchObject({ data: { error } });
  });
});

describe("conversations.join", () => {
  it("makes the bot a member of a public channel, whose messages it may then read", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: "#general", text: "posted before" });
    const where = { channel: "C0GENERAL" };
    await expect(client.conversations.replies({ ...where, ts })).rejects.toMatchObject({
      data: { error: "not_in_channel" },
    });
    expect((await client.conversations.join(where)).channel).toMatchObject({ is_member: true });
    expect(await history(where)).toEqual(["posted before"]);
    expect((await client.conversations.replies({ ...where, ts })).messages).toHaveLength(1);
  });

  it.each([
    ["channel_not_found", "C0SECRET"],
    ["method_not_supported_for_channel_type", "C0OPS"],
    ["method_not_supported_for_channel_type", "D0MIRA"],
    ["is_archived", "C0OLD"],
  ])("rejects with %s: %s", async (error, where) => {
    slack.workspace.channels.push(
      { id: "C0OLD", name: "old", joined: false, archived: true },
      { id: "C0OPS", name: "ops", joined: true, private: true },
      { id: "C0SECRET", name: "secret", joined: false, private: true },
    );
    await expect(client.conversations.join({ channel: where })).rejects.toMatchObject({ data: { error } });
  });
});

describe("conversations.list", () => {
  it("returns public channels and the bot's private channels, in pages", async () => {
    slack.workspace.channels.push(
      { id: "C0OLD", name: "old", joined: true, archived: true },
      { id: "C0OPS", name: "ops", joined: true, private: true },
      { id: "C0SECRET", name: "secret", joined: false, private: true },
    );
    const list = async (options: object) => {
      const { channels, response_metadata } = await client.conversations.list(options);
      return { names: channels?.map(({ name }) => name), next: response_metadata?.next_cursor };
    };
    const types = "public_channel,private_channel";
    expect(await list({ types, exclude_archived: true })).toEqual({
      names: ["team-engineering", "general", "ops"],
      next: "",
    });
    const { names, next } = await list({ limit: 2 });
    expect(names).toEqual(["team-engineering", "general"]);
    expect((await list({ limit: 2, cursor: next })).names).toEqual(["old"]);
    await expect(client.chat.postMessage({ channel: "#old", text: "x" })).rejects.toMatchObject({
      data: { error: "is_archived" },
    });
  });
});
