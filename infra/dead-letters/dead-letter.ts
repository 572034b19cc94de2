import { REPLAY_FOR } from "../../shared/pubsub/message.ts";
import { REPLAY_TOPIC } from "../manifests/subscription-policy.ts";

/** Prefix of the attributes that Pub/Sub adds, https://cloud.google.com/pubsub/docs/handling-failures#track-delivery-attempts */
const ADDED = "CloudPubSubDeadLetterSource";
/** Terraform adds a hash of the filter to a subscription's name. */
const FILTER_HASH = /-[0-9a-f]{8}$/;
const MAX_CAUSE = 200;

export type Attributes = Record<string, string>;

export interface DeadLetter {
  event: string;
  type: string;
  /** Subscription whose last attempt failed. */
  subscription: string;
  /** Function that gave up; null if there is no such function any more. */
  subscriber: string | null;
  attempts: string;
}

/** Which dead letters a command is about. Without a field, all of them. */
export interface Selection {
  subscriber?: string | undefined;
  type?: string | undefined;
}

/** @param subscribers names of all subscriber functions */
export function readDeadLetter(attributes: Attributes, subscribers: string[]): DeadLetter {
  const subscription = attributes[`${ADDED}Subscription`] ?? "?";
  const names = [subscription, subscription.replace(FILTER_HASH, "")];
  const topics = [`${attributes["ce-source"]}-events`, REPLAY_TOPIC];
  const subscriber = subscribers.find((name) => topics.some((topic) => names.includes(`${name}-${topic}`)));
  return {
    event: attributes["ce-id"] ?? "?",
    type: attributes["ce-type"] ?? "?",
    subscription,
    subscriber: subscriber ?? null,
    attempts: attributes[`${ADDED}DeliveryCount`] ?? "?",
  };
}

export function isSelected({ subscriber, type }: DeadLetter, selection: Selection): boolean {
  return (
    (selection.subscriber === undefined || selection.subscriber === subscriber) &&
    (selection.type === undefined || selection.type === type)
  );
}

/** Attributes of the copy that only this subscriber gets. */
export function toReplayAttributes(attributes: Attributes, subscriber: string): Attributes {
  const original = Object.entries(attributes).filter(([name]) => !name.startsWith(ADDED));
  return { ...Object.fromEntries(original), [REPLAY_FOR]: subscriber };
}

/** Key of a dead letter in the map of causes. */
export function causeKey({ event, subscriber }: Pick<DeadLetter, "event" | "subscriber">): string {
  return `${event} ${subscriber}`;
}

/**
 * The lines that describe dead letters, grouped by subscriber and cause, the largest group first.
 *
 * @param causes last error of the attempts by `causeKey`, as far as it is known
 */
export function describeDeadLetters(deadLetters: DeadLetter[], causes: Map<string, string>): string[] {
  const groups = new Map<string, DeadLetter[]>();
  for (const letter of deadLetters) {
    const heading = `${describeSubscriber(letter)}: ${firstLine(causes.get(causeKey(letter)) ?? "cause unknown")}`;
    groups.set(heading, [...(groups.get(heading) ?? []), letter]);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([heading, letters]) => [
      `${letters.length} × ${heading}`,
      ...letters.map(({ type, event, attempts }) => `  ${type.padEnd(36)} ${event}  ${attempts} attempts`),
    ]);
}

function describeSubscriber({ subscriber, subscription }: DeadLetter): string {
  return subscriber ?? `${subscription} (its function does not exist, not replayed)`;
}

function firstLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > MAX_CAUSE ? `${line.slice(0, MAX_CAUSE)} …` : line;
}
