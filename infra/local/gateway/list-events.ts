import type { FunctionFolder } from "../../manifests/read-functions.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import type { DeliveryRecord, EventHistory, PushRecord } from "./log-entries.ts";
import { createSubscriptionMatchers, type SubscriptionMatcher } from "./subscription-matchers.ts";

/** An event as `GET /_local/events` lists it. */
export interface LocalEvent {
  id: string;
  source: string;
  /** null before the first push. */
  type: string | null;
  subject: string | null;
  time: string | null;
  receivedAt: string;
  /** HTTP status of the response to the sender. */
  status: number;
  /** Number of deliveries with this event id. */
  deliveries: number;
  subscribers: {
    subscription: string;
    function: string;
    outcome: PushRecord["outcome"];
    attempts: number;
    error?: string;
  }[];
}

/** Every accepted event with its outcome at each subscriber, newest first. */
export function listEvents(deliveryLog: DeliveryLog): LocalEvent[] {
  return [...groupDeliveries(deliveryLog)].map(([id, deliveries]) =>
    describeEvent(id, deliveries, deliveryLog.history(id).pushes),
  );
}

/**
 * Lists `<event id> at <subscription>` for every accepted event that a matching subscription has neither acknowledged nor
 * dead-lettered.
 */
export function listUnfinished(deliveryLog: DeliveryLog, functions: FunctionFolder[]): string[] {
  const subscriptions = createSubscriptionMatchers(functions);
  return deliveryLog.unsettled().flatMap((id) => {
    const waiting = findWaiting(deliveryLog.history(id), subscriptions);
    if (waiting.length === 0) deliveryLog.settle(id);
    return waiting.map((name) => `${id} at ${name}`);
  });
}

/** Names of the subscriptions that have not finished an event. */
function findWaiting({ deliveries, pushes }: EventHistory, subscriptions: SubscriptionMatcher[]): string[] {
  const expected = subscriptions.filter(
    ({ topic, matches }) => topic === eventTopic(deliveries) && matches(pushes[0]?.attributes),
  );
  const waiting = expected.filter(({ name }) => countFinished(pushes, name) < deliveries.length);
  const latest = new Map(pushes.map((push) => [`${push.subscription} ${push.messageId}`, push]));
  const retrying = [...latest.values()].filter(({ outcome }) => outcome === "retrying");
  return [
    ...new Set([...waiting.map(({ name }) => name), ...retrying.map(({ subscription }) => subscription)]),
  ];
}

function groupDeliveries(deliveryLog: DeliveryLog): Map<string, DeliveryRecord[]> {
  const events = new Map<string, DeliveryRecord[]>();
  for (const delivery of deliveryLog.deliveries()) {
    if (delivery.eventId === null) continue;
    const group = events.get(delivery.eventId);
    if (group) group.push(delivery);
    else events.set(delivery.eventId, [delivery]);
  }
  return events;
}

function describeEvent(id: string, deliveries: DeliveryRecord[], pushes: PushRecord[]): LocalEvent {
  const [newest] = deliveries;
  const attributes = pushes[0]?.attributes;
  const latest = new Map(pushes.map((push) => [push.subscription, push]));
  return {
    id,
    source: newest?.source ?? "",
    type: attributes?.["ce-type"] ?? null,
    subject: attributes?.["ce-subject"] ?? null,
    time: attributes?.["ce-time"] ?? null,
    receivedAt: newest?.at ?? "",
    status: newest?.status ?? 0,
    deliveries: deliveries.length,
    subscribers: [...latest.values()].map(({ subscription, function: name, outcome, attempt, error }) => ({
      subscription,
      function: name,
      outcome,
      attempts: attempt,
      ...(error !== undefined && { error }),
    })),
  };
}

function eventTopic([delivery]: DeliveryRecord[]): string {
  return `${delivery?.source}-events`;
}

/** Counts messages: a sender's retry is a new message with the same event id. */
function countFinished(pushes: PushRecord[], subscription: string): number {
  const done = pushes.filter((push) => push.subscription === subscription && push.outcome !== "retrying");
  return new Set(done.map((push) => push.messageId)).size;
}
