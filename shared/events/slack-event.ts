import { z } from "zod";
import { envelope } from "./envelope.ts";

const text = z.string().nullable();

/** A callback of Slack's Events API (https://docs.slack.dev/apis/events-api/) or an interaction (https://docs.slack.dev/interactivity/). */
export const slackEvent = envelope.extend({
  source: z.literal("slack"),
  event: z.string().min(1).describe("Type of the event or interaction: app_mention, block_actions, …"),
  team: text.describe("Workspace id"),
  user: text.describe("Id of the user who acted, or whose profile changed"),
  channel: text,
  channelType: text.describe("im, channel, group, mpim"),
  text,
  ts: text.describe("Id of the message that was sent or acted on"),
  threadTs: text,
  subtype: text,
  botId: text.describe("Set if a bot sent the message"),
  retry: z
    .object({ number: z.int(), reason: text })
    .nullable()
    .describe(
      "X-Slack-Retry-Num and X-Slack-Retry-Reason of the accepted attempt; null for the first attempt",
    ),
  interaction: z
    .object({
      triggerId: text.describe("Expires 3 s after the click"),
      responseUrl: text,
      actions: z.array(z.object({ actionId: z.string(), blockId: text, value: text })),
      view: z
        .object({ id: z.string(), callbackId: text, hash: text })
        .nullable()
        .describe("View of the interaction"),
      loadingView: z
        .object({ id: z.string(), hash: text })
        .nullable()
        .describe(
          "Modal opened with trigger_id before the event was published; a subscriber fills it with views.update",
        ),
    })
    .nullable(),
});

export type SlackEvent = z.infer<typeof slackEvent>;
