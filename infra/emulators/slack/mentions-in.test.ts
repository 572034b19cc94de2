import { describe, expect, it } from "vitest";
import { mentionsIn } from "./mentions-in.ts";

const mrkdwn = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const plain = (text: string) => ({ type: "header", text: { type: "plain_text", text } });
const ping = "<!channel> <@U1>";
const pinged = { users: ["U1"], broadcasts: ["!channel"], links: [] };
const silent = { users: [], broadcasts: [], links: [] };

describe("mentionsIn", () => {
  it.each([
    ["a message's text", { text: ping }, pinged],
    ["a section", { blocks: [mrkdwn(ping)] }, pinged],
    [
      "a section's field",
      { blocks: [{ type: "section", fields: [{ type: "mrkdwn", text: ping }] }] },
      pinged,
    ],
    ["a context", { blocks: [{ type: "context", elements: [{ type: "mrkdwn", text: ping }] }] }, pinged],
    ["an attachment's title", { attachments: [{ title: ping }] }, pinged],
    ["an attachment's field", { attachments: [{ fields: [{ title: "Author", value: ping }] }] }, pinged],
    ["an attachment's block", { attachments: [{ blocks: [mrkdwn(ping)] }] }, pinged],
    [
      "rich text",
      {
        blocks: [
          {
            type: "rich_text",
            elements: [
              {
                type: "rich_text_section",
                elements: [
                  { type: "broadcast", range: "channel" },
                  { type: "user", user_id: "U1" },
                ],
              },
            ],
          },
        ],
      },
      pinged,
    ],
    ["not from plain text", { blocks: [plain(ping)], attachments: [{ blocks: [plain(ping)] }] }, silent],
    ["not from escaped text", { text: "&lt;!channel&gt; &lt;@U1&gt;" }, silent],
    ["not from bare words", { text: "@channel @mira" }, silent],
  ])("reads mentions: %s", (_, message, expected) => {
    expect(mentionsIn(message)).toEqual(expected);
  });

  it.each([
    ["<@U1|mira>", { users: ["U1"] }],
    ["<!here>", { broadcasts: ["!here"] }],
    ["<!everyone|everyone>", { broadcasts: ["!everyone"] }],
    ["<!subteam^S1|@team>", { broadcasts: ["!subteam^S1"] }],
    ["<https://x.y/a|a &gt; b>", { links: [{ url: "https://x.y/a", text: "a &gt; b" }] }],
    ["<https://x.y>", { links: [{ url: "https://x.y", text: null }] }],
    ["<#C1|general> <!date^1^{date}|then>", {}],
  ])("reads %s", (text, expected) => {
    expect(mentionsIn({ text })).toEqual({ ...silent, ...expected });
  });
});
