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

/** Normalizes a body that Slack sends. */
function eventOf(body: object) {
  const bytes = encode(Buffer.from(JSON.stringify(body)));
  const isForm = bytes.subarray(0, 8).toString() === "payload=";
  const mediaType = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const read = readBody(new Delivery({ rawHeaders: [] }, bytes, mediaType, receivedAt));
  const arrival = { receivedAt, hash: "hash", retry: null };
  if (read.kind === "callback") return normalizeCallback(read, arrival);
  if (read.kind === "interaction") return normalizeInteraction(read, arrival);
  throw new Error("The body is neither a callback nor an interaction");
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

const command = (words: string, isDirect: boolean, target: object) => ({
  kind: "command",
  user: "U0MIRA",
  words,
  isDirect,
  target,
});

describe("a direct message", () => {
  const target = { channel: "D0MIRA" };
  it.each([
    ["help", "help"],
    ["good morning", "good morning"],
    ["", ""],
    ["<@U0BOT>  Sync slack users ", "Sync slack users"],
    ["gha cancel <https://x.example>", "gha cancel https://x.example"],
  ])("%j may contain the command %j", (text, words) => {
    expect(parseIntent(direct(text))).toEqual(command(words, true, target));
  });

  it("in a thread gets its reply in the thread", () => {
    const inThread = { channel: "D0MIRA", threadTs: "1793638000.000100" };
    expect(parseIntent(direct("help", { thread_ts: "1793638000.000100" }))).toEqual(
      command("help", true, inThread),
    );
  });

  it.each(["file_share", "thread_broadcast", "me_message"])(
    "with the subtype %s is spoken by a person",
    (subtype) => {
      expect(parseIntent(direct("help", { subtype }))).toEqual(command("help", true, target));
    },
  );

  it.each([
    ["comes from the bot itself", { bot_id: "B0LOCAL" }],
    ["is an edit", { subtype: "message_changed" }],
    ["is a deletion", { subtype: "message_deleted" }],
    ["reports a join", { subtype: "channel_join" }],
    ["comes from another bot", { subtype: "bot_message" }],
    ["has no author", { user: undefined }],
    ["is in a channel", { channel_type: "channel" }],
    ["is in a group", { channel_type: "mpim" }],
  ])("that %s asks for nothing", (_, more) => {
    expect(parseIntent(direct("help", more))).toBeNull();
  });
});

describe("a mention", () => {
  const target = { channel: "C0ENG", threadTs: ts };
  it.each([
    ["<@U0BOT> help", "help"],
    ["<@U0BOT> sync slack users", "sync slack users"],
    ["<@U0BOT> good morning", "good morning"],
    ["<@U0BOT>", ""],
    ["<@U0MIRA> help <@U0BOT>", "<@U0MIRA> help <@U0BOT>"],
  ])("%j may contain the command %j", (text, words) => {
    expect(parseIntent(mentioned(text))).toEqual(command(words, false, target));
  });

  it.each([
    ["of the user who installed the app", [{ user_id: "U0TOMAS", is_bot: false }]],
    ["that is empty", []],
    ["that is missing", undefined],
  ])("with an authorization %s is the bot's", (_, authorizations) => {
    const body = mention(workspace, { user: "U0MIRA", channel: "C0ENG", text: "<@U0BOT> help", ts });
    expect(parseIntent(eventOf({ ...body, authorizations }))).toEqual(command("help", false, target));
  });

  it.each([
    ["by the bot itself", { bot_id: "B0LOCAL" }],
    ["in an edited message", { edited: { user: "U0MIRA", ts } }],
    ["by another bot", { subtype: "bot_message" }],
  ])("%s asks for nothing", (_, more) => {
    expect(parseIntent(mentioned("<@U0BOT> help", more))).toBeNull();
  });
});

describe("a pressed button", () => {
  const target = { channel: "D0MIRA" };
  const user = "U0MIRA";
  const inHome = { view: { id: "V0HOME" } };
  it.each([
    [
      "mute-deploy-notifications",
      { kind: "set-notifications", user, on: false, target, message: { ...target, ts } },
    ],
    [
      "unmute-deploy-notifications",
      { kind: "set-notifications", user, on: true, target, message: { ...target, ts } },
    ],
    ["view-undeployed-commits", { kind: "view-undeployed", user, sha: "value", viewId: null, target }],
    ["freight-deploy", null],
    ["somebody-elses", null],
  ])("%s", (action_id, intent) => {
    expect(parseIntent(press({ action_id, value: "value" }))).toEqual(intent);
  });

  it("in App Home belongs to no message", () => {
    const muted = { kind: "set-notifications", user, on: false, target: null, message: null };
    expect(parseIntent(press({ action_id: "mute-deploy-notifications" }, inHome))).toEqual(muted);
    const linking = { kind: "link-login", user, typed: "mira" };
    expect(parseIntent(press({ action_id: "link-github", value: "mira" }, inHome))).toEqual(linking);
    expect(parseIntent(press({ action_id: "link-github" }, inHome))).toEqual({ ...linking, typed: "" });
  });
});

describe("App Home", () => {
  it("is shown when a user opens its tab, but not the Messages tab", () => {
    const body = homeOpened(workspace, { user: "U0MIRA" });
    expect(parseIntent(eventOf(body))).toEqual({ kind: "show-home", user: "U0MIRA" });
    expect(parseIntent(eventOf({ ...body, event: { ...body.event, tab: "messages" } }))).toBeNull();
  });
});

describe("a profile", () => {
  it.each([
    ["U0JONAS", { XfEJ1CLM1C: { value: "https://github.com/jonas-lindqvist" } }],
    // Slack may have left the fields out.
    ["U0LENA", undefined],
  ])("of %s is synced after a change", (id, fields) => {
    const intent = parseIntent(eventOf(userChange(workspace, { user: id })));
    expect(intent).toMatchObject({
      kind: "sync-profile",
      changed: { user: { id, is_email_confirmed: true } },
    });
    expect(intent?.kind === "sync-profile" && intent.changed.fields).toEqual(fields);
  });
});

it("other events ask for nothing", () => {
  expect(parseIntent(eventOf({ type: "view_submission", user: { id: "U0MIRA" } }))).toBeNull();
  expect(parseIntent(mentioned("<@U0BOT> help", { type: "reaction_added" }))).toBeNull();
});
