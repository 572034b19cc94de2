import { toRfc3339 } from "../../shared/events/rfc3339.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import type { CallbackBody } from "./read-body.ts";

export interface Arrival {
  receivedAt: Date;
  /** Hash of the body, for what has no id of its own. */
  hash: string;
  retry: SlackEvent["retry"];
}

/** Normalizes a callback of the Events API. Slack's retries have the same event_id, so the same id. */
export function normalizeCallback(
  { fields, payload }: CallbackBody,
  { receivedAt, retry }: Arrival,
): SlackEvent {
  const { event } = fields;
  const user = event.user ?? null;
  return {
    id: fields.event_id,
    source: "slack",
    type: `slack.${event.type}`,
    subject: user ?? event.channel ?? fields.team_id ?? "slack",
    time: toRfc3339(Number(event.event_ts ?? fields.event_time)) ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    event: event.type,
    actor: user === null ? null : { id: user, name: user, type: event.bot_id ? "bot" : "user" },
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
