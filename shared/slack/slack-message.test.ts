import { expect, it } from "vitest";
import { type SlackMessage, withoutImages } from "./slack-message.ts";

const text = { type: "mrkdwn", text: "fix: It" } as const;
const image = { type: "image", image_url: "https://example.com/1.png", alt_text: "Mira" } as const;

it.each<[string, NonNullable<SlackMessage["blocks"]>, object[]]>([
  ["an image block", [image, { type: "section", text }], [{ type: "section", text }]],
  ["an image beside a text", [{ type: "section", text, accessory: image }], [{ type: "section", text }]],
  ["an avatar", [{ type: "context", elements: [image, text] }], [{ type: "context", elements: [text] }]],
  ["a context of images alone", [{ type: "context", elements: [image] }], []],
  [
    "nothing",
    [{ type: "section", text }, { type: "divider" }],
    [{ type: "section", text }, { type: "divider" }],
  ],
])("without pictures a message loses %s", (_, blocks, expected) => {
  expect(
    withoutImages({ text: "t", blocks, attachments: [{ color: "#fff", blocks }, { text: "old" }] }),
  ).toEqual({
    text: "t",
    blocks: expected,
    attachments: [{ color: "#fff", blocks: expected }, { text: "old" }],
  });
});
