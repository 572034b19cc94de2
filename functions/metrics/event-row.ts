import type { Event } from "../../shared/events/event.ts";
import { dropPayload } from "../../shared/pubsub/message.ts";

/** BigQuery refuses rows above 10 MB, https://cloud.google.com/bigquery/quotas#streaming_inserts; the payload is text inside of JSON here. */
const MAX_ROW_BYTES = 9_000_000;

/** The row of an event in `events`, from which everything else can be rebuilt: `event` and `payload` together are the event. */
export function toEventRow(event: Event): Record<string, unknown> {
  const row = columns(event);
  return Buffer.byteLength(JSON.stringify(row)) > MAX_ROW_BYTES ? columns(dropPayload(event)) : row;
}

function columns({ payload, ...event }: Event): Record<string, unknown> {
  return {
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    actor: event.actor?.name ?? null,
    action: event.source === "github" ? event.action : null,
    repository: event.source === "github" ? (event.repository?.fullName ?? null) : null,
    event: JSON.stringify(event),
    payload: payload === null ? null : JSON.stringify(payload),
  };
}
