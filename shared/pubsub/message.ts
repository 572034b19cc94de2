import { type Event, getDataschema, parseEvent } from "../events/event.ts";
import { parseLossless, stringifyLossless } from "../events/lossless-json.ts";

/** A message in the form of `Topic.publishMessage`. */
export interface Message {
  data: Buffer;
  attributes: Record<string, string>;
}

/** Attribute of a replayed dead letter: name of the only subscriber that handles it. */
export const REPLAY_FOR = "ce-replayfor";

/** Pub/Sub rejects requests above 10 MB (https://cloud.google.com/pubsub/quotas), attributes and framing included. */
const MAX_DATA_BYTES = 9_500_000;
/** Pub/Sub rejects attribute values above 1,024 bytes. */
const MAX_ATTRIBUTE_BYTES = 1024;
const CLOSING_BRACE = Buffer.from("}");

/**
 * Encodes an event as a CloudEvent in binary content mode: context attributes prefixed `ce-`, data = JSON.
 * Follows https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/ (the prefix is the one of HTTP and Pub/Sub push).
 * The attributes `ce-deployment` (its status) and `ce-environment` let subscriptions of every source filter deployments.
 * The attribute `ce-incident` is the status of the incident that the event is about, for subscriptions to every source.
 * A payload that does not fit into a message is dropped, and `payloadDropped` gives its size.
 *
 * @param filterable attributes without the `ce-` prefix; null values and values above 1,024 bytes are left out
 * @param payload JSON of the event's payload, if the sender's own is at hand; it is not written again
 */
export function toMessage(
  event: Event,
  filterable: Record<string, string | null>,
  payload?: Buffer,
): Message {
  const attributes: Record<string, string> = {
    "ce-specversion": "1.0",
    "ce-id": event.id,
    "ce-source": event.source,
    "ce-type": event.type,
    "ce-time": event.time,
    "ce-subject": event.subject,
    "ce-dataschema": getDataschema(event.source),
    "content-type": "application/json",
  };
  if (event.deployment) attributes["ce-deployment"] = event.deployment.status;
  if (event.incident) attributes["ce-incident"] = event.incident.status;
  const common = { environment: event.deployment?.environment ?? null };
  for (const [key, value] of Object.entries({ ...common, ...filterable }))
    if (value !== null && isAttributeValue(value)) attributes[`ce-${key}`] = value;
  return { data: encodeData(event, payload), attributes };
}

/** A UTF-16 unit takes at most three bytes, so most values need not be encoded to know that they fit. */
function isAttributeValue(value: string): boolean {
  return value.length * 3 <= MAX_ATTRIBUTE_BYTES || Buffer.byteLength(value) <= MAX_ATTRIBUTE_BYTES;
}

function encodeData(event: Event, payload: Buffer | undefined): Buffer {
  if (payload && payload.length < MAX_DATA_BYTES) {
    const data = splicePayload(event, payload);
    if (data.length <= MAX_DATA_BYTES) return data;
  }
  // The sender's white space may make the difference.
  const data = Buffer.from(stringifyLossless(event));
  return data.length <= MAX_DATA_BYTES ? data : Buffer.from(stringifyLossless(dropPayload(event)));
}

/** Writes the normalized fields, and behind them the payload as it was sent. */
function splicePayload({ payload: _, ...fields }: Event, payload: Buffer): Buffer {
  const json = stringifyLossless(fields);
  return Buffer.concat([Buffer.from(`${json.slice(0, -1)},"payload":`), payload, CLOSING_BRACE]);
}

/** Replaces the payload by null and gives the reason in `payloadDropped`. */
export function dropPayload<E extends Event>(event: E): E {
  return {
    ...event,
    payload: null,
    payloadDropped: {
      bytes: Buffer.byteLength(JSON.stringify(event.payload)),
      reason: "The event with its payload would exceed the size limit of a Pub/Sub message or a BigQuery row",
    },
  };
}

/**
 * Decodes the data of a message back into the event.
 *
 * @param data base64, as in a push delivery
 * @throws {InvalidEventError} if it is not the JSON of an event
 */
export function fromMessageData(data: string): Event {
  return parseEvent(parseJson(Buffer.from(data, "base64").toString("utf8")));
}

function parseJson(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}
