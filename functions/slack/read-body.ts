import { z } from "zod";
import { badRequest, type Delivery, parseObject } from "../../shared/webhook/delivery.ts";
import { optional, parseBody } from "../../shared/webhook/parse-body.ts";

const text = optional(z.string());
/** An id; most events give it as text, some give the whole object, as user_change does. */
const id = optional(z.union([z.string(), z.object({ id: z.string() }).transform((object) => object.id)]));
const entity = optional(z.object({ id: text }));

const callback = z.object({
  type: z.literal("event_callback"),
  team_id: text,
  event_id: z.string().min(1),
  event_time: optional(z.number()),
  event: z.object({
    type: z.string().min(1),
    user: id,
    channel: id,
    channel_type: text,
    text,
    ts: text,
    thread_ts: text,
    subtype: text,
    bot_id: text,
    event_ts: text,
  }),
});

/** https://docs.slack.dev/reference/interaction-payloads; shortcuts and buttons of attachments have ids and times at the top level. */
const interaction = z.object({
  type: z.string().min(1),
  user: optional(z.object({ id: z.string(), name: text, username: text })),
  team: entity,
  channel: entity,
  container: optional(z.object({ channel_id: text, message_ts: text })),
  message: optional(z.object({ ts: text, thread_ts: text, text })),
  message_ts: text,
  action_ts: text,
  view: optional(z.object({ id: z.string(), callback_id: text, hash: text })),
  trigger_id: text,
  response_url: text,
  actions: optional(
    z.array(
      optional(
        z.object({
          action_id: text,
          name: text,
          block_id: text,
          value: text,
          action_ts: text,
          selected_option: optional(z.object({ value: text })),
        }),
      ),
    ),
  ),
});

export type CallbackBody = {
  kind: "callback";
  fields: z.infer<typeof callback>;
  payload: Record<string, unknown>;
};
export type InteractionBody = {
  kind: "interaction";
  fields: z.infer<typeof interaction>;
  payload: Record<string, unknown>;
};
export type SlackBody = { kind: "url_verification"; challenge: string } | CallbackBody | InteractionBody;

/**
 * Reads the three kinds of Slack's requests: JSON for the Events API and its URL verification (https://docs.slack.dev/apis/events-api/),
 * a form with JSON in `payload` for interactions (https://docs.slack.dev/interactivity/handling-user-interaction).
 *
 * @throws {HttpError} 400 if the body is not one of them
 */
export function readBody(delivery: Delivery): SlackBody {
  if (delivery.mediaType === "application/x-www-form-urlencoded") {
    const form = new URLSearchParams(delivery.text).get("payload");
    if (form === null) throw badRequest("The form has no field payload");
    const payload = parseObject(form, "The form's payload");
    return { kind: "interaction", fields: parseBody(interaction, payload), payload };
  }
  const payload = delivery.json();
  if (payload.type === "url_verification") {
    return {
      kind: "url_verification",
      challenge: parseBody(z.object({ challenge: z.string() }), payload).challenge,
    };
  }
  if (payload.type === "app_rate_limited") return readRateLimit(delivery, payload);
  return { kind: "callback", fields: parseBody(callback, payload), payload };
}

const rateLimit = z.object({ team_id: text, minute_rate_limited: optional(z.number()) });

/**
 * Reads the message that Slack drops events of this minute, because there were more than 30,000 in an hour. It has neither an event nor
 * an event_id: https://docs.slack.dev/apis/events-api/#rate-limiting
 */
function readRateLimit(delivery: Delivery, payload: Record<string, unknown>): CallbackBody {
  const { team_id, minute_rate_limited } = parseBody(rateLimit, payload);
  const fields = {
    type: "event_callback" as const,
    team_id,
    event_id: delivery.hash("slack"),
    event_time: minute_rate_limited,
    event: { type: "app_rate_limited" },
  };
  return { kind: "callback", fields, payload };
}
