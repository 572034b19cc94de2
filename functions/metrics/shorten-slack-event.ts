import type { SlackEvent } from "../../shared/events/event.ts";

/** Fields of a payload that say what happened, where and when. They hold ids and types. */
const KEPT = ["type", "team_id", "api_app_id", "event_id", "event_time"];
const KEPT_OF_EVENT = [
  "type",
  "subtype",
  "user",
  "bot_id",
  "channel",
  "channel_type",
  "ts",
  "thread_ts",
  "event_ts",
  "tab",
];

/**
 * Removes from a Slack event what the warehouse does not need and people do not expect there: what they write, their profiles, the values
 * that they enter, and the address to which a response may be posted. Subscribers get the whole event. Pure.
 */
export function shortenSlackEvent(event: SlackEvent): SlackEvent {
  const { interaction, payload } = event;
  return {
    ...event,
    text: null,
    interaction: interaction && {
      ...interaction,
      triggerId: null,
      responseUrl: null,
      actions: interaction.actions.map((action) => ({ ...action, value: null })),
    },
    payload: payload && {
      ...pick(payload, KEPT),
      ...(isObject(payload.event) && { event: pick(payload.event, KEPT_OF_EVENT) }),
    },
  };
}

/** The named fields, without those that are objects: `user` of a changed profile is one. */
function pick(from: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = from[name];
      return value === undefined || isObject(value) ? [] : [[name, value]];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
