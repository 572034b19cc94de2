import { z } from "zod";
import { anyText, mrkdwn, plainText } from "./composition-objects.ts";
import { accessory, actionElement, imageElement, inputElement } from "./element.ts";

const block_id = z.string().max(255).optional();

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const section = z
  .strictObject({
    type: z.literal("section"),
    block_id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, {
    message: "missing required field: text or fields",
  });

/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
const header = z.strictObject({ type: z.literal("header"), block_id, text: plainText(150) });

const divider = z.strictObject({ type: z.literal("divider"), block_id });

/** https://docs.slack.dev/reference/block-kit/blocks/context-block */
const context = z.strictObject({
  type: z.literal("context"),
  block_id,
  elements: z
    .array(z.discriminatedUnion("type", [imageElement, plainText(3000), mrkdwn(3000)]))
    .min(1)
    .max(10),
});

/** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
const actions = z.strictObject({
  type: z.literal("actions"),
  block_id,
  elements: z.array(actionElement).min(1).max(25),
});

/** https://docs.slack.dev/reference/block-kit/blocks/image-block */
const image = z.strictObject({
  type: z.literal("image"),
  block_id,
  image_url: z.string().min(1).max(3000),
  alt_text: z.string().max(2000),
  title: plainText(2000).optional(),
});

/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
const input = z.strictObject({
  type: z.literal("input"),
  block_id,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

/** https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
const markdown = z.strictObject({
  type: z.literal("markdown"),
  block_id,
  text: z.string().min(1).max(12_000),
});

/** Messages that people write contain rich text. Its elements are not checked. */
const richText = z.looseObject({ type: z.literal("rich_text"), block_id, elements: z.array(z.unknown()) });

/** The supported types of https://docs.slack.dev/reference/block-kit/blocks; all others are rejected. */
export const block = z.discriminatedUnion("type", [
  section,
  header,
  divider,
  context,
  actions,
  image,
  input,
  markdown,
  richText,
]);
