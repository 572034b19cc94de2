import { toRfc3339 } from "../../shared/events/rfc3339.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import type { Arrival } from "./normalize-callback.ts";
import type { InteractionBody } from "./read-body.ts";

type Interaction = NonNullable<SlackEvent["interaction"]>;

/** Normalizes an interaction. It has no id of its own: its trigger_id makes the body, and so the hash, unlike any other. */
export function normalizeInteraction(
  { fields, payload }: InteractionBody,
  { receivedAt, hash, retry }: Arrival,
): SlackEvent & { interaction: Interaction } {
  const clicked = fields.actions?.[0]?.action_ts;
  return {
    id: hash,
    source: "slack",
    type: `slack.${fields.type}`,
    subject: fields.user.id,
    time: toRfc3339(clicked ? Number(clicked) : null) ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    event: fields.type,
    actor: {
      id: fields.user.id,
      name: fields.user.username ?? fields.user.name ?? fields.user.id,
      type: "user",
    },
    team: fields.team?.id ?? null,
    user: fields.user.id,
    channel: fields.channel?.id ?? fields.container?.channel_id ?? null,
    channelType: null,
    text: fields.message?.text ?? null,
    ts: fields.message?.ts ?? fields.container?.message_ts ?? null,
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
    actions: (fields.actions ?? []).map((action) => ({
      actionId: action.action_id,
      blockId: action.block_id ?? null,
      value: action.value ?? action.selected_option?.value ?? null,
    })),
    view: view ? { id: view.id, callbackId: view.callback_id ?? null, hash: view.hash ?? null } : null,
    loadingView: null,
  };
}
