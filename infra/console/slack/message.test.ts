import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { LocalMessage } from "../../emulators/slack/workspace.ts";
import { defaultWorkspace } from "../../local/seed/slack.ts";
import { restoreLiterals } from "./literal.ts";
import { Message } from "./message.tsx";

const workspace = defaultWorkspace();
const drawn = (more: Partial<LocalMessage>) => {
  const message = {
    channel: "C0ENG",
    channel_name: "eng",
    ts: "1793639000.000500",
    user: "U0BOT",
    text: "text",
    blocks: [],
    attachments: [],
    ...more,
  };
  return restoreLiterals(
    renderToStaticMarkup(createElement(Message, { message, workspace, viewer: "U0MIRA" })),
  );
};
const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });

it.each([
  ["a header is plain text", [{ type: "header", text: plain("*is* <!here>") }], "*is* &lt;!here&gt;"],
  ["a mention shows the user's name", [{ type: "section", text: mrkdwn("<@U0MIRA>") }], "@Mira Okafor"],
  [
    "an image is not loaded",
    [
      {
        type: "context",
        elements: [{ type: "image", image_url: "https://example.com/a.png", alt_text: "mira" }],
      },
    ],
    'title="https://example.com/a.png"',
  ],
  [
    "a javascript address is not a link",
    [{ type: "section", text: mrkdwn("<javascript:alert(1)|x>") }],
    "<span>",
  ],
  [
    "a button has its action and value",
    [{ type: "actions", elements: [{ type: "button", action_id: "mute", value: "v", text: plain("Mute") }] }],
    'data-press="mute" data-value="v"',
  ],
  ["a markdown block is escaped", [{ type: "markdown", text: "**b** <script>" }], "&lt;script&gt;"],
])("%s", (_, blocks, expected) => {
  const html = drawn({ blocks });
  expect(html).toContain(expected);
  expect(html).not.toMatch(/<img|<script|javascript:|slack_blocks_to_jsx" id|[\uE000-\uE0FF]/);
});

it("an attachment has its colour bar", () => {
  expect(drawn({ attachments: [{ color: "good", text: "a commit" }] })).toContain("border-color:#2eb886");
});

it.each([
  [{ edited: { user: "U0BOT", ts: "1.0" } }, "(edited)"],
  [{ ephemeral_to: "U0LENA" }, "only Lena Fischer sees this"],
  [{ metadata: { event_type: "t", event_payload: { event_id: "e-1" } } }, "/deliveries/event/e-1"],
])("a message with %j shows it", (more, expected) => {
  expect(drawn(more)).toContain(expected);
});
