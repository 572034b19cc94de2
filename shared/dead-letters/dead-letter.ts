import { REPLAY_FOR } from "../pubsub/message.ts";
import { REPLAY_TOPIC } from "../pubsub/topics.ts";

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
  /** When it happened at the sender, RFC 3339. */
  time: string | null;
  /**
   * Number of its messages in the subscription. Publishing is at-least-once: a sender that tries again after a lost response makes a second
   * message of the same event, which the subscriber gives up too.
   */
  messages: number;
}

/** Which dead letters are meant. Without a field, all of them. */
export interface Selection {
  subscriber?: string | undefined;
  type?: string | undefined;
  /** Those with one of these keys only: see `causeKey`. */
  keys?: ReadonlySet<string> | undefined;
}

/** Dead letters that one subscriber gave up for one reason. */
export interface DeadLetterGroup {
  /** Function that gave up; null if there is no such function any more. */
  subscriber: string | null;
  subscription: string;
  /** Last error, without what differs between events; null if it is not known. */
  cause: string | null;
  letters: DeadLetter[];
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
    time: attributes["ce-time"] ?? null,
    messages: 1,
  };
}

export function isSelected(deadLetter: DeadLetter, selection: Selection): boolean {
  const { subscriber, type } = deadLetter;
  return (
    (selection.keys === undefined || selection.keys.has(causeKey(deadLetter))) &&
    (selection.subscriber === undefined || selection.subscriber === subscriber) &&
    (selection.type === undefined || selection.type === type)
  );
}

/** Attributes of the copy that only this subscriber gets. */
export function toReplayAttributes(attributes: Attributes, subscriber: string): Attributes {
  const original = Object.entries(attributes).filter(([name]) => !name.startsWith(ADDED));
  return { ...Object.fromEntries(original), [REPLAY_FOR]: subscriber };
}

/** Key of the event and the subscriber of a dead letter: it has one, however many messages. */
export function causeKey({ event, subscriber }: Pick<DeadLetter, "event" | "subscriber">): string {
  return `${event} ${subscriber}`;
}

/**
 * Groups dead letters by subscriber and cause, the largest group first.
 *
 * @param causes last error of the attempts by `causeKey`, as far as it is known
 */
export function groupDeadLetters(deadLetters: DeadLetter[], causes: Map<string, string>): DeadLetterGroup[] {
  const groups = new Map<string, DeadLetterGroup>();
  for (const letter of deadLetters) {
    const { subscriber, subscription } = letter;
    const error = causes.get(causeKey(letter));
    const cause = error === undefined ? null : toCause(error, letter.event);
    const key = JSON.stringify([subscriber ?? subscription, cause]);
    const group = groups.get(key) ?? { subscriber, subscription, cause, letters: [] };
    groups.set(key, group);
    group.letters.push(letter);
  }
  return [...groups.values()].sort((a, b) => b.letters.length - a.letters.length);
}

/** The lines that describe dead letters. */
export function describeDeadLetters(groups: DeadLetterGroup[]): string[] {
  return groups.flatMap(({ subscriber, subscription, cause, letters }) => [
    `${letters.length} × ${subscriber ?? `${subscription} (its function does not exist, not replayed)`}: ${cause ?? "cause unknown"}`,
    ...letters.map(({ type, event, attempts }) => `  ${type.padEnd(36)} ${event}  ${attempts} attempts`),
  ]);
}

/** First line of an error, without ids and numbers of this event. */
function toCause(error: string, event: string): string {
  const [line = ""] = error.split("\n");
  const general = line
    .replaceAll(event, "…")
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b|\b\d{4,}\b/g, "…");
  return general.length > MAX_CAUSE ? `${general.slice(0, MAX_CAUSE)} …` : general;
}
