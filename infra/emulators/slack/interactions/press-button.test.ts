import { describe, expect, it } from "vitest";
import { defaultWorkspace } from "../../../local/seed/slack.ts";
import type { LocalMessage, LocalView } from "../workspace.ts";
import { pressButton } from "./press-button.ts";

const workspace = defaultWorkspace();
const button = (action_id: string, value?: string) => ({
  type: "button",
  action_id,
  text: { type: "plain_text", text: action_id },
  ...(value !== undefined && { value }),
});
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const message = (fields: Partial<LocalMessage> = {}): LocalMessage => ({
  channel: "D0MIRA",
  channel_name: "mira",
  ts: "1793639000.000500",
  user: "U0BOT",
  text: "ready",
  blocks: [],
  attachments: [],
  ...fields,
});
const input = (fields: object = {}) => ({
  type: "input",
  block_id: "login",
  label: { type: "plain_text", text: "GitHub" },
  element: { type: "plain_text_input", action_id: "github-login" },
  ...fields,
});
const view = (type: LocalView["type"], ...blocks: unknown[]): LocalView => ({
  id: "V1",
  hash: "1.a",
  type,
  user: "U0MIRA",
  view: { type, blocks },
});
const mira = { workspace, user: "U0MIRA", triggerId: "1.2.3", actionTs: "1793639010.000000" };

describe("pressButton", () => {
  it("sends the message, its container and a trigger id for a button of a message", () => {
    const pressed = message({ blocks: [actions(button("mute", "m"))] });
    expect(pressButton({ ...mira, message: pressed, actionId: "mute" })).toMatchObject({
      type: "block_actions",
      user: { id: "U0MIRA", username: "mira", team_id: "T0LOCAL" },
      team: { id: "T0LOCAL", domain: "sentry" },
      trigger_id: "1.2.3",
      container: { type: "message", message_ts: pressed.ts, channel_id: "D0MIRA", is_ephemeral: false },
      channel: { id: "D0MIRA", name: "directmessage" },
      message: { type: "message", ts: pressed.ts, bot_id: "B0LOCAL", blocks: pressed.blocks },
      response_url: expect.stringContaining("https://hooks.slack.com/actions/"),
      actions: [
        {
          type: "button",
          action_id: "mute",
          block_id: "b0",
          value: "m",
          text: { text: "mute" },
          action_ts: mira.actionTs,
        },
      ],
    });
  });

  it("sends the number of the attachment", () => {
    const attachments = [{ text: "commit" }, { blocks: [actions(button("mute"))] }];
    const payload = pressButton({ ...mira, message: message({ attachments }), actionId: "mute" });
    expect(payload).toMatchObject({ container: { type: "message_attachment", attachment_id: 2 } });
    expect(payload.actions[0]).not.toHaveProperty("value");
  });

  it("sends thread_ts for a reply, and no message for an ephemeral one", () => {
    const blocks = [{ type: "section", accessory: button("mute") }];
    const inThread = message({
      blocks,
      thread_ts: "1.000000",
      channel: "C0ENG",
      channel_name: "team-engineering",
    });
    expect(pressButton({ ...mira, message: inThread, actionId: "mute" })).toMatchObject({
      container: { thread_ts: "1.000000" },
      channel: { id: "C0ENG", name: "team-engineering" },
      message: { thread_ts: "1.000000" },
    });
    const ephemeral = message({ blocks, ephemeral_to: "U0MIRA" });
    const payload = pressButton({ ...mira, message: ephemeral, actionId: "mute" });
    expect(payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(payload).not.toHaveProperty("message");
  });

  it("selects one of several buttons with the same action_id by its value", () => {
    const blocks = [actions(button("open", "a")), actions(button("open", "b"))];
    const press = { ...mira, message: message({ blocks }), actionId: "open", value: "b" };
    expect(pressButton(press).actions).toMatchObject([{ block_id: "b1", value: "b" }]);
  });

  it("sends the view for a button of a modal", () => {
    const modal = view("modal", actions(button("deploy", "sha")));
    const payload = pressButton({ ...mira, view: modal, actionId: "deploy" });
    expect(payload).toMatchObject({
      container: { type: "view", view_id: "V1" },
      view: { id: "V1", root_view_id: "V1", hash: "1.a", type: "modal", state: { values: {} } },
      actions: [{ action_id: "deploy", value: "sha" }],
    });
    expect(payload).not.toHaveProperty("response_url");
  });
});

describe("a text typed into an input of App Home", () => {
  it("is sent as the action's value and in the view's state", () => {
    const home = view("home", input({ dispatch_action: true }));
    expect(
      pressButton({ ...mira, view: home, actionId: "github-login", value: "mira-okafor" }),
    ).toMatchObject({
      actions: [{ type: "plain_text_input", block_id: "login", value: "mira-okafor" }],
      view: {
        type: "home",
        state: { values: { login: { "github-login": { type: "plain_text_input", value: "mira-okafor" } } } },
      },
    });
  });
});

describe("pressButton rejects", () => {
  const blocks = [actions(button("mute", "m"))];
  it.each([
    ["an unknown button", { message: message({ blocks }), actionId: "go" }, "has no action go; it has: mute"],
    ["a message without buttons", { message: message(), actionId: "go" }, "it has: none"],
    [
      "an unknown value",
      { message: message({ blocks }), actionId: "mute", value: "x" },
      "with another value: m",
    ],
    [
      "an input without dispatch_action",
      { view: view("home", input()), actionId: "github-login" },
      "it has no dispatch_action",
    ],
    [
      "a button that only another user sees",
      { message: message({ blocks, ephemeral_to: "U0LENA" }), actionId: "mute" },
      "U0MIRA does not see",
    ],
  ])("%s", (_, press, error) => {
    expect(() => pressButton({ ...mira, ...press })).toThrow(error);
  });
});
