import { invalidArgument } from "./grpc.ts";

/** Pub/Sub's limits, https://cloud.google.com/pubsub/quotas#resource_limits */
const MAX_BYTES = 10_000_000;
const MAX_MESSAGES = 1000;
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

/**
 * Checks the messages of one publish request. The texts of the errors are those of the service, as far as reports show them:
 * https://github.com/googleapis/google-cloud-python/issues/5898 and https://github.com/googleapis/java-pubsub/issues/2312
 *
 * @throws {StatusError} INVALID_ARGUMENT for a request that Pub/Sub would refuse
 */
export function validatePublish(messages: UncheckedMessage[]) {
  if (messages.length === 0)
    throw invalidArgument(
      "The value for message_count is too small. You passed 0 in the request, but the minimum value is 1.",
    );
  if (messages.length > MAX_MESSAGES) throw tooLarge("message_count", messages.length, MAX_MESSAGES);
  for (const message of messages) validateMessage(message);
  const bytes = messages.reduce((sum, message) => sum + countBytes(message), 0);
  if (bytes > MAX_BYTES) throw tooLarge("request_size", bytes, MAX_BYTES);
}

function tooLarge(name: string, value: number, maximum: number) {
  return invalidArgument(
    `The value for ${value} is too large. You passed ${name} in the request, but the maximum value is ${maximum}.`,
  );
}

function countBytes({ data, attributes, orderingKey }: UncheckedMessage): number {
  const pairs = Object.entries(attributes).reduce((sum, pair) => sum + Buffer.byteLength(pair.join("")), 0);
  return Buffer.byteLength(data, "base64") + pairs + Buffer.byteLength(orderingKey);
}

/** @throws {StatusError} INVALID_ARGUMENT for a message that Pub/Sub would refuse; the message names the limit */
export function validateMessage({ data, attributes, orderingKey }: UncheckedMessage) {
  const entries = Object.entries(attributes);
  const size = countBytes({ data, attributes, orderingKey: "" });
  if (data === "" && entries.length === 0) throw invalidArgument("A message needs data or an attribute.");
  if (size > MAX_BYTES) throw invalidArgument(`The message has ${size} bytes, more than ${MAX_BYTES}.`);
  if (entries.length > MAX_ATTRIBUTES)
    throw invalidArgument(`The message has more than ${MAX_ATTRIBUTES} attributes.`);
  for (const [key, value] of entries) {
    if (key === "" || Buffer.byteLength(key) > MAX_KEY_BYTES)
      throw invalidArgument(`The key of an attribute has 1 to ${MAX_KEY_BYTES} bytes.`);
    // The client's own tracing uses googclient_.
    if (key.startsWith("goog") && !key.startsWith("googclient_"))
      throw invalidArgument(`The attribute "${key}" in the request has a key that starts with goog.`);
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) throw tooLong(key, Buffer.byteLength(value));
  }
  if (Buffer.byteLength(orderingKey) > MAX_ORDERING_KEY_BYTES)
    throw invalidArgument(`The ordering key has more than ${MAX_ORDERING_KEY_BYTES} bytes.`);
}

function tooLong(key: string, length: number) {
  return invalidArgument(
    `The attribute "${key}" in the request has a value that is too long. The length is ${length} characters, but the maximum allowed is ${MAX_VALUE_BYTES}. Refer to https://cloud.google.com/pubsub/quotas for more information.`,
  );
}
