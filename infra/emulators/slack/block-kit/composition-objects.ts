import { z } from "zod";

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object @param maximum characters */
export function plainText(maximum: number) {
  return z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(maximum),
    emoji: z.boolean().optional(),
  });
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object @param maximum characters */
export function mrkdwn(maximum: number) {
  return z.strictObject({
    type: z.literal("mrkdwn"),
    text: z.string().min(1).max(maximum),
    verbatim: z.boolean().optional(),
  });
}

/** A text in either form. @param maximum characters */
export function anyText(maximum: number) {
  return z.discriminatedUnion("type", [plainText(maximum), mrkdwn(maximum)]);
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const option = z.strictObject({
  text: anyText(75),
  value: z.string().max(75),
  description: anyText(75).optional(),
  url: z.string().max(3000).optional(),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object */
export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(option).min(1).max(100),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirmationDialog = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(["primary", "danger"]).optional(),
});
