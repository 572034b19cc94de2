import type { SlackEvent } from "../../shared/events/event.ts";
import { toRfc3339 } from "../../shared/events/to-rfc3339.ts";
import type { Delivery } from "../../shared/webhook/delivery.ts";
import type { CallbackBody, InteractionBody } from "./read-body.ts";

/** The user id of Slackbot, the same in every workspace. Its reminders may mention the bot. */
const SLACKBOT = "USLACKBOT";

type Interaction = NonNullable<SlackEvent["interaction"]>;

/** Fields of an event that come from the request and not from its payload. */
export interface Arrival {
  receivedAt: Date;
  /** Hash of the body, the id of an interaction: Slack gives interactions none. */
  hash: string;
  retry: SlackEvent["retry"];
}

/** Reads the fields of an event that the request gives. @throws {HttpError} 400 if a header of a retry was sent more than once */
export function readArrival(delivery: Delivery): Arrival {
  return { receivedAt: delivery.receivedAt, hash: delivery.hash("slack"), retry: parseRetry(delivery) };
}

/** Normalizes a callback of the Events API. Slack's retries repeat the event_id, so they have the same id. */
export function normalizeCallback(
  { fields, payload }: CallbackBody,
  { receivedAt, retry }: Arrival,
): SlackEvent {
  const { event } = fields;
  const user = event.user || null;
  return {
    id: fields.event_id,
    source: "slack",
    type: `slack.${event.type}`,
    subject: user || event.channel || fields.team_id || "slack",
    time: toRfc3339(event.event_ts) ?? toRfc3339(fields.event_time) ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    event: event.type,
    actor:
      user === null
        ? null
        : { id: user, name: user, type: event.bot_id || user === SLACKBOT ? "bot" : "user" },
    team: fields.team_id ?? null,
    user,
    channel: event.channel ?? null,
    channelType: event.channel_type ?? null,
    text: event.text ?? null,
    ts: event.ts ?? null,
    threadTs: event.thread_ts ?? null,
    subtype: event.subtype ?? null,
    botId: event.bot_id ?? null,
    retry,
    interaction: null,
    payload,
  };
}

/** Normalizes an interaction. Its id is the hash of the body: the trigger_id in it makes every body unique. */
export function normalizeInteraction(
  { fields, payload }: InteractionBody,
  { receivedAt, hash, retry }: Arrival,
): SlackEvent & { interaction: Interaction } {
  const user = fields.user?.id || null;
  const channel = fields.channel?.id ?? fields.container?.channel_id ?? null;
  const clicked = fields.actions?.[0]?.action_ts ?? fields.action_ts;
  return {
    id: hash,
    source: "slack",
    type: `slack.${fields.type}`,
    subject: user || channel || fields.team?.id || "slack",
    time: toRfc3339(clicked) ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    event: fields.type,
    actor:
      user === null
        ? null
        : { id: user, name: fields.user?.username || fields.user?.name || user, type: "user" },
    team: fields.team?.id ?? null,
    user,
    channel,
    channelType: null,
    text: fields.message?.text ?? null,
    ts: fields.message?.ts ?? fields.container?.message_ts ?? fields.message_ts ?? null,
    threadTs: fields.message?.thread_ts ?? null,
    subtype: null,
    botId: null,
    retry,
    interaction: toInteraction(fields),
    payload,
  };
}

function toInteraction(fields: InteractionBody["fields"]): Interaction {
  const { view } = fields;
  return {
    triggerId: fields.trigger_id ?? null,
    responseUrl: fields.response_url ?? null,
    // A button of an attachment has a name instead: https://docs.slack.dev/legacy/legacy-messaging/legacy-making-messages-interactive
    actions: (fields.actions ?? []).map((action) => ({
      actionId: action?.action_id ?? action?.name ?? "",
      blockId: action?.block_id ?? null,
      value: action?.value ?? action?.selected_option?.value ?? null,
    })),
    view: view ? { id: view.id, callbackId: view.callback_id ?? null, hash: view.hash ?? null } : null,
    loadingView: null,
  };
}

/** The number of Slack's retry, https://docs.slack.dev/apis/events-api/#retries; null for the first attempt. */
function parseRetry(delivery: Delivery): SlackEvent["retry"] {
  const number = delivery.header("X-Slack-Retry-Num");
  if (number === undefined || !/^\d{1,3}$/.test(number)) return null;
  return { number: Number(number), reason: delivery.header("X-Slack-Retry-Reason") ?? null };
}
