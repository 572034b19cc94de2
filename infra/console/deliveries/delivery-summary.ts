import type { DeliveryLog, DeliveryRecord, PushRecord } from "../../local/gateway/delivery-log.ts";
import { replayHeader } from "../../local/gateway/replay.ts";
import type { SubscriptionMatcher } from "../../local/gateway/subscription-matchers.ts";

/** State of an event at one subscriber. */
export interface SubscriberSummary {
  subscription: string;
  function: string;
  /** waiting: before the first push. */
  outcome: PushRecord["outcome"] | "waiting";
  /** Every push of the event to it, oldest first. */
  pushes: PushRecord[];
}

/** A delivery as the console lists it. */
export interface DeliverySummary {
  number: number;
  at: string;
  source: string;
  /** null before the first push, unless a header names it. */
  type: string | null;
  subject: string | null;
  /** Time of the event at the sender. */
  time: string | null;
  status: number;
  response: string;
  /** null when no event was published. */
  eventId: string | null;
  /** Number of the original delivery. */
  replayOf: number | null;
  subscribers: SubscriberSummary[];
  /** Decodes the body, for a search in payloads. */
  readBody?: () => string;
}

/** Summarizes every delivery, newest first. */
export function summarizeDeliveries(
  deliveryLog: DeliveryLog,
  subscriptions: SubscriptionMatcher[],
): DeliverySummary[] {
  const pushes = deliveryLog.pushesByEvent();
  return deliveryLog
    .deliveries()
    .map((delivery) => summarize(delivery, pushes.get(delivery.eventId ?? "") ?? [], subscriptions));
}

function summarize(
  delivery: DeliveryRecord,
  pushes: PushRecord[],
  subscriptions: SubscriptionMatcher[],
): DeliverySummary {
  const { number, at, source, headers, status, response, eventId } = delivery;
  const attributes = pushes[0]?.attributes;
  const githubEvent = headers["x-github-event"];
  return {
    number,
    at,
    source,
    type: attributes?.["ce-type"] ?? (githubEvent === undefined ? null : `${source}.${githubEvent}`),
    subject: attributes?.["ce-subject"] ?? null,
    time: attributes?.["ce-time"] ?? null,
    status,
    response,
    eventId,
    replayOf: Number(headers[replayHeader]) || null,
    readBody: () => readText(delivery.body),
    subscribers: eventId === null ? [] : summarizeSubscribers(source, pushes, subscriptions),
  };
}

/** @param body base64; Slack's forms are decoded */
function readText(body: string): string {
  const text = Buffer.from(body, "base64").toString("utf8");
  return text.startsWith("payload=") ? (new URLSearchParams(text).get("payload") ?? "") : text;
}

/** Subscribers that got the event, and those that will get it. */
function summarizeSubscribers(source: string, pushes: PushRecord[], subscriptions: SubscriptionMatcher[]) {
  const attributes = pushes[0]?.attributes;
  const expected = subscriptions.filter(
    ({ topic, matches }) => topic === `${source}-events` && matches(attributes),
  );
  const names = new Map(
    [...expected, ...pushes.map((push) => ({ name: push.subscription, function: push.function }))].map(
      (subscription) => [subscription.name, subscription.function],
    ),
  );
  return [...names].map(([subscription, name]): SubscriberSummary => {
    const own = pushes.filter((push) => push.subscription === subscription);
    return { subscription, function: name, outcome: own.at(-1)?.outcome ?? "waiting", pushes: own };
  });
}
