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

/** Where Slack takes either. @param maximum characters */
export function anyText(maximum: number) {
  return z.discriminatedUnion("type", [plainText(maximum), mrkdwn(maximum)]);
}
