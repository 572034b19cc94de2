import { describe, expect, it } from "vitest";
import {
  directMessage,
  homeOpened,
  mention,
  userChange,
} from "../../infra/emulators/slack/interactions/callbacks.ts";
import { defaultWorkspace } from "../../infra/local/seed/slack.ts";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { normalizeCallback, normalizeInteraction } from "../slack/normalize.ts";
import { readBody } from "../slack/read-body.ts";
import { encode } from "../slack/sign.ts";
import { parseIntent } from "./parse-intent.ts";

const workspace = defaultWorkspace();
const receivedAt = new Date("2026-11-02T17:10:00Z");
const ts = "1793638860.000200";

/** The event that a body of Slack's becomes. */
function eventOf(body: object) {
  const bytes = encode(Buffer.from(JSON.stringify(body)));
  const isForm = bytes.subarray(0, 8).toString() === "payload=";
  const mediaType = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const read = readBody(new Delivery({ rawHeaders: [] }, bytes, mediaType, receivedAt));
  const arrival = { receivedAt, hash: "hash", retry: null };
  if (read.kind === "callback") return normalizeCallback(read, arrival);
  if (read.kind === "interaction") return normalizeInteraction(read, arrival);
  throw new Error("This is no event");
}

const direct = (text: string, more: object = {}) => {
  const body = directMessage(workspace, { user: "U0MIRA", text, ts });
  return eventOf({ ...body, event: { ...body.event, ...more } });
};
const mentioned = (text: string, more: object = {}) => {
  const body = mention(workspace, { user: "U0MIRA", channel: "C0ENG", text, ts });
  return eventOf({ ...body, event: { ...body.event, ...more } });
};
const press = (action: object, where: object = { channel: { id: "D0MIRA" }, message: { ts } }) =>
  eventOf({ type: "block_actions", user: { id: "U0MIRA" }, actions: [action], ...where });

describe("a direct message", () => {
  const place = { channel: "D0MIRA" };
  it.each([
    ["help", { kind: "help", place }],
    ["good morning", { kind: "help", place }],
    ["", { kind: "help", place }],
    ["typescript", { kind: "count-typescript", place }],
    ["sync slack users", { kind: "sync-users", place }],
    [
      "deploy notifications off",
      { kind: "set-notifications", user: "U0MIRA", on: false, place, message: null },
    ],
    [
      "gha cancel <https://x.example>",
      { kind: "cancel-workflows", user: "U0MIRA", url: "https://x.example", place },
    ],
  ])("%j", (text, intent) => {
    expect(parseIntent(direct(text))).toEqual(intent);
  });

  it("in a thread is answered in the thread", () => {
    expect(parseIntent(direct("help", { thread_ts: "1793638000.000100" }))).toEqual({
      kind: "help",
      place: { channel: "D0MIRA", threadTs: "1793638000.000100" },
    });
  });

  it.each([
    ["the bot's own", { bot_id: "B0LOCAL" }],
    ["an edit", { subtype: "message_changed" }],
    ["a deletion", { subtype: "message_deleted" }],
    ["a join", { subtype: "channel_join" }],
    ["another bot's", { subtype: "bot_message" }],
    ["nobody's", { user: undefined }],
    ["in a channel", { channel_type: "channel" }],
    ["in a group", { channel_type: "mpim" }],
  ])("that is %s asks for nothing", (_, more) => {
    expect(parseIntent(direct("help", more))).toBeNull();
  });
});

describe("a mention", () => {
  const place = { channel: "C0ENG", threadTs: ts };
  it.each([
    ["<@U0BOT> help", { kind: "help", place }],
    ["<@U0BOT> sync slack users", { kind: "sync-users", place }],
    ["<@U0BOT> typescript", { kind: "count-typescript", place }],
    ["<@U0BOT> good morning", null],
    ["<@U0BOT>", null],
    ["<@U0MIRA> help <@U0BOT>", null],
  ])("%j", (text, intent) => {
    expect(parseIntent(mentioned(text))).toEqual(intent);
  });

  it.each([
    ["by the bot itself", { bot_id: "B0LOCAL" }],
    ["in a message that was edited", { edited: { user: "U0MIRA", ts } }],
    ["by another bot", { subtype: "bot_message" }],
  ])("%s asks for nothing", (_, more) => {
    expect(parseIntent(mentioned("<@U0BOT> help", more))).toBeNull();
  });
});

describe("a press", () => {
  const place = { channel: "D0MIRA" };
  const user = "U0MIRA";
  const inHome = { view: { id: "V0HOME" } };
  it.each([
    [
      "mute-deploy-notifications",
      { kind: "set-notifications", user, on: false, place, message: { ...place, ts } },
    ],
    [
      "unmute-deploy-notifications",
      { kind: "set-notifications", user, on: true, place, message: { ...place, ts } },
    ],
    ["view-undeployed-commits", { kind: "view-undeployed", user, sha: "value", viewId: null, place }],
    ["freight-deploy", null],
    ["somebody-elses", null],
  ])("of %s", (action_id, intent) => {
    expect(parseIntent(press({ action_id, value: "value" }))).toEqual(intent);
  });

  it("in App Home has no message", () => {
    const muted = { kind: "set-notifications", user, on: false, place: null, message: null };
    expect(parseIntent(press({ action_id: "mute-deploy-notifications" }, inHome))).toEqual(muted);
    const linking = { kind: "link-login", user, typed: "mira" };
    expect(parseIntent(press({ action_id: "link-github", value: "mira" }, inHome))).toEqual(linking);
    expect(parseIntent(press({ action_id: "link-github" }, inHome))).toEqual({ ...linking, typed: "" });
  });
});

describe("App Home", () => {
  it("is shown when its tab is opened, not when the messages' is", () => {
    const body = homeOpened(workspace, { user: "U0MIRA" });
    expect(parseIntent(eventOf(body))).toEqual({ kind: "show-home", user: "U0MIRA" });
    expect(parseIntent(eventOf({ ...body, event: { ...body.event, tab: "messages" } }))).toBeNull();
  });
});

describe("a profile", () => {
  it.each([
    ["U0JONAS", { XfGITHUB: { value: "https://github.com/jonas-lindqvist" } }],
    // Whether there are none, or Slack left them out, cannot be told.
    ["U0LENA", undefined],
  ])("of %s that was changed is synced", (id, fields) => {
    const intent = parseIntent(eventOf(userChange(workspace, { user: id })));
    expect(intent).toMatchObject({
      kind: "sync-profile",
      changed: { user: { id, is_email_confirmed: true } },
    });
    expect(intent?.kind === "sync-profile" && intent.changed.fields).toEqual(fields);
  });
});

it("asks for nothing of what it is not subscribed to", () => {
  expect(parseIntent(eventOf({ type: "view_submission", user: { id: "U0MIRA" } }))).toBeNull();
  expect(parseIntent(mentioned("<@U0BOT> help", { type: "reaction_added" }))).toBeNull();
});
