import { describe, expect, it } from "vitest";
import { checkAttachments } from "./check-attachments.ts";
import { checkBlocks } from "./check-blocks.ts";
import { checkView } from "./check-view.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const button = (fields: object = {}) => ({ type: "button", text: plain("Go"), action_id: "go", ...fields });
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const dialog = { title: plain("Sure?"), text: mrkdwn("Really."), confirm: plain("Yes"), deny: plain("No") };
const input = (fields: object = {}) => ({
  type: "input",
  label: plain("Login"),
  element: { type: "plain_text_input", action_id: "login" },
  ...fields,
});

describe("checkBlocks accepts", () => {
  it.each([
    ["a section of 3,000 characters", section("x".repeat(3000))],
    ["ten fields of 2,000", { type: "section", fields: times(10, () => mrkdwn("x".repeat(2000))) }],
    ["a section with a button", { ...section("x"), accessory: button() }],
    ["a header of 150", { type: "header", text: plain("x".repeat(150)) }],
    ["25 buttons", actions(...times(25, (i) => button({ action_id: `b${i}` })))],
    [
      "a button with a dialog",
      actions(button({ confirm: dialog, style: "danger", value: "x".repeat(2000) })),
    ],
    [
      "a context with an image and a text",
      {
        type: "context",
        elements: [{ type: "image", image_url: "https://x/y.png", alt_text: "M" }, mrkdwn("Mira")],
      },
    ],
    ["a dispatched input", input({ dispatch_action: true })],
    ["a divider", { type: "divider", block_id: "x".repeat(255) }],
  ])("%s", (_, block) => {
    expect(checkBlocks([block])).toEqual([]);
  });
});

describe("checkBlocks rejects", () => {
  it.each<[string, object, string, string]>([
    ["a long section", section("x".repeat(3001)), "must be less than 3001 characters", "/text/text"],
    ["an empty text", section(""), "must be more than 0 characters", "/text/text"],
    ["an empty section", { type: "section" }, "missing required field: text or fields", ""],
    [
      "a text without a text",
      { type: "section", text: { type: "mrkdwn" } },
      "missing required field: text",
      "/text",
    ],
    [
      "11 fields",
      { type: "section", fields: times(11, () => mrkdwn("x")) },
      "no more than 10 items allowed",
      "/fields",
    ],
    [
      "a long field",
      { type: "section", fields: [mrkdwn("x".repeat(2001))] },
      "must be less than 2001 characters",
      "/fields/0/text",
    ],
    [
      "a long header",
      { type: "header", text: plain("x".repeat(151)) },
      "must be less than 151 characters",
      "/text/text",
    ],
    ["a header in mrkdwn", { type: "header", text: mrkdwn("x") }, "must be one of: plain_text", "/text/type"],
    [
      "a mrkdwn text with emoji",
      { type: "section", text: { ...mrkdwn("x"), emoji: true } },
      "invalid additional property: emoji",
      "/text",
    ],
    ["a bare string as text", { type: "section", text: "x" }, "must provide an object", "/text"],
    [
      "26 buttons",
      actions(...times(26, (i) => button({ action_id: `b${i}` }))),
      "no more than 25 items allowed",
      "/elements",
    ],
    ["no button", actions(), "no less than 1 items allowed", "/elements"],
    [
      "a button with a long text",
      actions(button({ text: plain("x".repeat(76)) })),
      "must be less than 76 characters",
      "/elements/0/text/text",
    ],
    [
      "a button with a long value",
      actions(button({ value: "x".repeat(2001) })),
      "must be less than 2001 characters",
      "/elements/0/value",
    ],
    [
      "a button with an unknown style",
      actions(button({ style: "green" })),
      "must be one of: primary, danger",
      "/elements/0/style",
    ],
    [
      "a long action_id",
      actions(button({ action_id: "x".repeat(256) })),
      "must be less than 256 characters",
      "/elements/0/action_id",
    ],
    [
      "two buttons with one action_id",
      actions(button(), button()),
      "action_id `go` already exists",
      "/elements/1/action_id",
    ],
    [
      "a text input among buttons",
      actions({ type: "plain_text_input" }),
      "unsupported type: plain_text_input",
      "/elements/0/type",
    ],
    [
      "a dialog with a long title",
      actions(button({ confirm: { ...dialog, title: plain("x".repeat(101)) } })),
      "must be less than 101 characters",
      "/elements/0/confirm/title/text",
    ],
    [
      "a dialog with a long text",
      actions(button({ confirm: { ...dialog, text: mrkdwn("x".repeat(301)) } })),
      "must be less than 301 characters",
      "/elements/0/confirm/text/text",
    ],
    [
      "a dialog with a long deny text",
      actions(button({ confirm: { ...dialog, deny: plain("x".repeat(31)) } })),
      "must be less than 31 characters",
      "/elements/0/confirm/deny/text",
    ],
    [
      "a context of 11",
      { type: "context", elements: times(11, () => mrkdwn("x")) },
      "no more than 10 items allowed",
      "/elements",
    ],
    [
      "an image without alt_text",
      { type: "context", elements: [{ type: "image", image_url: "https://x/y.png" }] },
      "missing required field: alt_text",
      "/elements/0",
    ],
    ["an image without a URL", { type: "image", alt_text: "x" }, "missing required field: image_url", ""],
    [
      "an option with a long text",
      {
        ...section("x"),
        accessory: { type: "overflow", options: [{ text: plain("x".repeat(76)), value: "v" }] },
      },
      "must be less than 76 characters",
      "/accessory/options/0/text/text",
    ],
    [
      "a long block_id",
      { type: "divider", block_id: "x".repeat(256) },
      "must be less than 256 characters",
      "/block_id",
    ],
    ["a block of an unknown type", { type: "paragraph" }, "unsupported type: paragraph", "/type"],
    ["a block without a type", { text: plain("x") }, "missing required field: type", ""],
  ])("%s", (_, block, message, pointer) => {
    expect(checkBlocks([{ type: "divider" }, block])).toEqual([
      `[ERROR] ${message} [json-pointer:/blocks/1${pointer}]`,
    ]);
  });

  it("51 blocks in a message, and two blocks with the same block_id", () => {
    expect(checkBlocks(times(51, () => ({ type: "divider" })))).toEqual([
      "[ERROR] no more than 50 items allowed [json-pointer:/blocks]",
    ]);
    expect(checkBlocks(times(2, () => ({ type: "divider", block_id: "a" })))).toEqual([
      "[ERROR] block_id `a` already exists [json-pointer:/blocks/1/block_id]",
    ]);
  });
});

describe("checkAttachments", () => {
  it.each<[string, object, string[]]>([
    ["a color and blocks", { color: "#e7e1ec", fallback: "x", blocks: [section("x")] }, []],
    ["a named color", { color: "good", text: "x" }, []],
    [
      "an invalid color",
      { color: "reddish" },
      [
        "[ERROR] color must be good, warning, danger or a hexadecimal color [json-pointer:/attachments/0/color]",
      ],
    ],
    [
      "an empty text in a block",
      { blocks: [section("")] },
      ["[ERROR] must be more than 0 characters [json-pointer:/attachments/0/blocks/0/text/text]"],
    ],
    [
      "51 blocks",
      { blocks: times(51, () => ({ type: "divider" })) },
      ["[ERROR] no more than 50 items allowed [json-pointer:/attachments/0/blocks]"],
    ],
  ])("reports the problems of an attachment with %s", (_, attachment, messages) => {
    expect(checkAttachments([attachment])).toEqual(messages);
  });
});

describe("checkView", () => {
  const modal = { type: "modal", title: plain("Hello"), blocks: [] as unknown[] };
  it.each<[string, object, string[]]>([
    ["100 blocks", { ...modal, blocks: times(100, () => section("x")) }, []],
    [
      "101 blocks",
      { ...modal, blocks: times(101, () => section("x")) },
      ["[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"],
    ],
    [
      "a title of 25 characters",
      { ...modal, title: plain("x".repeat(25)) },
      ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"],
    ],
    [
      "a close of 25 characters",
      { ...modal, close: plain("x".repeat(25)) },
      ["[ERROR] must be less than 25 characters [json-pointer:/view/close/text]"],
    ],
    [
      "no title",
      { type: "modal", blocks: [] },
      ["[ERROR] missing required field: title [json-pointer:/view]"],
    ],
    [
      "an input that cannot be submitted",
      { ...modal, blocks: [input()] },
      ["[ERROR] missing required field: submit [json-pointer:/view]"],
    ],
    ["an input and a submit", { ...modal, submit: plain("Link"), blocks: [input()] }, []],
  ])("reports the problems of a modal with %s", (_, view, messages) => {
    expect(checkView(view, "modal")).toEqual(messages);
  });

  it("accepts an input without submit in App Home", () => {
    expect(checkView({ type: "home", blocks: [input({ dispatch_action: true })] }, "home")).toEqual([]);
    expect(checkView(modal, "home")).not.toEqual([]);
  });
});
