import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultWorkspace } from "../../local/seed/slack.ts";
import { type RunningSlack, startSlack } from "./start.ts";

let slack: RunningSlack;
let dataDir: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "slack-"));
  slack = await startSlack({ workspace: defaultWorkspace(), dataDir });
});
afterEach(async () => {
  await slack.stop();
  rmSync(dataDir, { recursive: true });
});

function client(token = "xoxb-test") {
  return new WebClient(token, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}
const modal = { type: "modal" as const, title: { type: "plain_text" as const, text: "Hello" }, blocks: [] };

describe("messages", () => {
  it("messages() returns posts to channels, users and threads in their edited state", async () => {
    const { chat } = client();
    const { ts = "" } = await chat.postMessage({
      channel: "#team-engineering",
      text: "red",
      metadata: { event_type: "e", event_payload: { id: "1" } },
    });
    await chat.postMessage({ channel: "C0ENG", text: "why", thread_ts: ts });
    await chat.postMessage({ channel: "U0MIRA", text: "hello", blocks: [{ type: "divider" }] });
    await chat.update({ channel: "C0ENG", ts, text: "green" });
    expect(slack.messages()).toMatchObject([
      {
        channel: "C0ENG",
        channel_name: "team-engineering",
        ts,
        text: "green",
        edited: { user: "U0BOT" },
        metadata: { event_payload: { id: "1" } },
      },
      { channel: "C0ENG", thread_ts: ts, text: "why" },
      { channel: "D0MIRA", channel_name: "mira", text: "hello", blocks: [{ type: "divider" }] },
    ]);
  });

  it("messages survive a restart", async () => {
    await client().chat.postMessage({ channel: "C0ENG", text: "kept" });
    await slack.stop();
    slack = await startSlack({ workspace: defaultWorkspace(), dataDir });
    expect(slack.messages()).toMatchObject([{ text: "kept" }]);
  });

  it.each([
    ["channel_not_found", { channel: "#nowhere", text: "x" }],
    ["channel_not_found", { channel: "C0SECRET", text: "x" }],
    ["no_text", { channel: "C0ENG", text: "" }],
    ["msg_too_long", { channel: "C0ENG", text: "x".repeat(40_001) }],
    [
      "invalid_blocks",
      { channel: "C0ENG", text: "x", blocks: Array.from({ length: 51 }, () => ({ type: "divider" })) },
    ],
  ])("chat.postMessage rejects an invalid message with %s", async (error, message) => {
    slack.workspace.channels.push({ id: "C0SECRET", name: "secret", joined: false, private: true });
    await expect(client().chat.postMessage(message)).rejects.toMatchObject({ data: { error } });
  });
});

it("posts to and updates in a public channel that the bot is not a member of", async () => {
  const { chat } = client();
  const { ts = "", channel = "" } = await chat.postMessage({ channel: "#general", text: "red" });
  await chat.update({ channel, ts, text: "green" });
  expect(slack.messages()).toMatchObject([{ channel: "C0GENERAL", text: "green" }]);
});

describe("views", () => {
  it("a trigger id opens one view, which can then be updated", async () => {
    const { views } = client();
    const trigger_id = slack.issueTrigger("U0MIRA");
    const { view } = await views.open({ trigger_id, view: modal });
    await expect(views.open({ trigger_id, view: modal })).rejects.toMatchObject({
      data: { error: "exchanged_trigger_id" },
    });
    await views.update({
      view_id: view?.id ?? "",
      hash: view?.hash ?? "",
      view: { ...modal, blocks: [{ type: "divider" }] },
    });
    expect(slack.views()).toMatchObject([
      { id: view?.id, user: "U0MIRA", view: { blocks: [{ type: "divider" }] } },
    ]);
    await expect(
      views.update({ view_id: view?.id ?? "", hash: view?.hash ?? "", view: modal }),
    ).rejects.toMatchObject({
      data: { error: "hash_conflict" },
    });
    await expect(views.open({ trigger_id: "1.2.3", view: modal })).rejects.toMatchObject({
      data: { error: "invalid_trigger_id" },
    });
  });

  it("a user has one App Home view", async () => {
    const home = (text: string) => ({
      type: "home" as const,
      blocks: [{ type: "section" as const, text: { type: "mrkdwn" as const, text } }],
    });
    await client().views.publish({ user_id: "U0MIRA", view: home("1") });
    await client().views.publish({ user_id: "U0MIRA", view: home("2") });
    expect(slack.views()).toMatchObject([
      { type: "home", user: "U0MIRA", view: { blocks: [{ text: { text: "2" } }] } },
    ]);
  });
});

describe("calls", () => {
  it("a call needs a bot token and an emulated method", async () => {
    await expect(client("").auth.test()).rejects.toMatchObject({ data: { error: "not_authed" } });
    await expect(client("xoxp-1").auth.test()).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    await expect(client().apiCall("chat.shout")).rejects.toMatchObject({ data: { error: "unknown_method" } });
    expect(await client().auth.test()).toMatchObject({ team_id: "T0LOCAL", user_id: "U0BOT" });
  });

  it("a fault makes calls fail", async () => {
    const post = () => client().chat.postMessage({ channel: "C0ENG", text: "x" });
    slack.faults.add({ method: "chat.postMessage", kind: "rate-limit", retryAfter: 7, times: 1 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    slack.faults.add({ method: "chat.postMessage", kind: "drop-before", times: 1 });
    await expect(post()).rejects.toThrow();
    expect(slack.messages()).toHaveLength(0);
    slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await expect(post()).rejects.toThrow();
    expect(slack.messages()).toHaveLength(1);
    slack.faults.add({ method: "chat.postMessage", kind: "error", error: "is_archived", times: 1 });
    await expect(post()).rejects.toMatchObject({ data: { error: "is_archived" } });
  });

  it("a fault with a text makes only the calls fail that contain it, such as the address of a picture", async () => {
    const picture = (name: string) => ({
      channel: "C0ENG",
      text: "x",
      blocks: [{ type: "image" as const, image_url: `https://avatars.example/${name}.png`, alt_text: name }],
    });
    slack.faults.add({
      method: "chat.postMessage",
      kind: "error",
      error: "invalid_blocks",
      containing: "mira.png",
    });
    await expect(client().chat.postMessage(picture("mira"))).rejects.toMatchObject({
      data: { error: "invalid_blocks" },
    });
    expect(await client().chat.postMessage(picture("jonas"))).toMatchObject({ ok: true });
    slack.faults.clear();
  });

  it("calls() returns all calls with their arguments, failed ones included", async () => {
    slack.faults.add({ method: "users.info", kind: "rate-limit", after: 1, times: 1 });
    await client().users.info({ user: "U0MIRA" });
    await expect(client().users.info({ user: "U0LENA" })).rejects.toMatchObject({ retryAfter: 1 });
    expect(slack.calls()).toEqual([
      { method: "users.info", arguments: { user: "U0MIRA" }, at: expect.any(String) },
      { method: "users.info", arguments: { user: "U0LENA" }, at: expect.any(String) },
    ]);
  });

  it("a call whose response is lost is executed: the history contains the message with its metadata", async () => {
    const metadata = { event_type: "e", event_payload: { id: "1" } };
    slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await expect(client().chat.postMessage({ channel: "C0ENG", text: "x", metadata })).rejects.toThrow();
    const { messages } = await client().conversations.history({
      channel: "C0ENG",
      include_all_metadata: true,
    });
    expect(messages).toMatchObject([{ text: "x", metadata }]);
  });
});
