import { z } from "zod";
import { checkBlocks } from "./check-blocks.ts";
import { findProblems } from "./problems.ts";

const text = z.string().optional();

/** https://docs.slack.dev/messaging/formatting-message-text#attachments; Slack ignores unknown fields. */
export const attachment = z.looseObject({
  color: z
    .string()
    .regex(
      /^(good|warning|danger|#?[0-9a-f]{6})$/i,
      "color must be good, warning, danger or a hexadecimal color",
    )
    .optional(),
  fallback: text,
  pretext: text,
  author_name: text,
  author_link: text,
  author_icon: text,
  title: text,
  title_link: text,
  text,
  fields: z.array(z.looseObject({ title: text, value: text, short: z.boolean().optional() })).optional(),
  image_url: text,
  thumb_url: text,
  footer: z.string().max(300).optional(),
  footer_icon: text,
  mrkdwn_in: z.array(z.string()).optional(),
  blocks: z.array(z.unknown()).optional(),
});

/** @returns the problems of a message's attachments and of the blocks in them, as lines of `response_metadata.messages` */
export function checkAttachments(attachments: unknown[]): string[] {
  return attachments.flatMap((value, index) => {
    const pointer = `/attachments/${index}`;
    const found = findProblems(attachment, value, pointer);
    if (found.length > 0) return found;
    const { blocks = [] } = attachment.parse(value);
    return checkBlocks(blocks, `${pointer}/blocks`);
  });
}
