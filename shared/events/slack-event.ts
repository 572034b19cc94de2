import { z } from "zod";
import { envelope } from "./envelope.ts";

const text = z.string().nullable();

/** A callback of Slack's Events API (https://docs.slack.dev/apis/events-api/) or an interaction (https://docs.slack.dev/interactivity/). */
export const slackEvent = envelope.extend({
  source: z.literal("slack"),
  event: z.string().min(1).describe("The event's or the interaction's type: app_mention, block_actions, …"),
  team: text.describe("Workspace id"),
  user: text.describe("Id of the user who acted, or whose profile changed"),
  channel: text,
  channelType: text.describe("im, channel, group, mpim"),
  text,
  ts: text.describe("Slack's id of the message that was sent or acted on"),
  threadTs: text,
  subtype: text,
  botId: text.describe("Set when the message is a bot's own"),
  retry: z
    .object({ number: z.int(), reason: text })
    .nullable()
    .describe(
      "X-Slack-Retry-Num and -Reason: which attempt of the same delivery was the first to be accepted",
    ),
  interaction: z
    .object({
      triggerId: text.describe("Expires 3 s after the click"),
      responseUrl: text,
      actions: z.array(z.object({ actionId: z.string(), blockId: text, value: text })),
      view: z
        .object({ id: z.string(), callbackId: text, hash: text })
        .nullable()
        .describe("The view it came from"),
      loadingView: z
        .object({ id: z.string(), hash: text })
        .nullable()
        .describe(
          "The modal opened with trigger_id before the event was published; to be filled with views.update",
        ),
    })
    .nullable(),
});

export type SlackEvent = z.infer<typeof slackEvent>;
