import { invalidArgument } from "./grpc.ts";

/** Pub/Sub's limits, https://cloud.google.com/pubsub/quotas#resource_limits */
const MAX_BYTES = 10_000_000;
const MAX_ATTRIBUTES = 100;
const MAX_KEY_BYTES = 256;
const MAX_VALUE_BYTES = 1024;
const MAX_ORDERING_KEY_BYTES = 1024;

interface UncheckedMessage {
  /** base64 */
  data: string;
  attributes: Record<string, string>;
  orderingKey: string;
}

/** @throws {StatusError} INVALID_ARGUMENT for a message that Pub/Sub would refuse; the message names the limit */
export function validateMessage({ data, attributes, orderingKey }: UncheckedMessage) {
  const entries = Object.entries(attributes);
  const size =
    Buffer.byteLength(data, "base64") +
    entries.reduce((sum, pair) => sum + Buffer.byteLength(pair.join("")), 0);
  if (data === "" && entries.length === 0) throw invalidArgument("A message needs data or an attribute.");
  if (size > MAX_BYTES) throw invalidArgument(`The message has ${size} bytes, more than ${MAX_BYTES}.`);
  if (entries.length > MAX_ATTRIBUTES)
    throw invalidArgument(`The message has more than ${MAX_ATTRIBUTES} attributes.`);
  for (const [key, value] of entries) {
    if (key === "" || Buffer.byteLength(key) > MAX_KEY_BYTES)
      throw invalidArgument(`The key of an attribute has 1 to ${MAX_KEY_BYTES} bytes.`);
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES)
      throw invalidArgument(`The attribute ${key} has more than ${MAX_VALUE_BYTES} bytes.`);
  }
  if (Buffer.byteLength(orderingKey) > MAX_ORDERING_KEY_BYTES)
    throw invalidArgument(`The ordering key has more than ${MAX_ORDERING_KEY_BYTES} bytes.`);
}
