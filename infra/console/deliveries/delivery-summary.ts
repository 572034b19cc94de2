import { setImmediate } from "node:timers/promises";
import type { DeliveryLog } from "../../local/gateway/delivery-log.ts";
import type { DeliveryRecord, PushRecord } from "../../local/gateway/log-entries.ts";
import { findEventName, replayHeader } from "../../local/gateway/replay.ts";
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
  /** owner/name */
  repository: string | null;
  /** The payload in a few words. */
  description: string | null;
  /** Login, e-mail address or name, as the sender gives it. */
  actor: string | null;
  /** Time of the event at the sender. */
  time: string | null;
  status: number;
  response: string;
  /** null when no event was published. */
  eventId: string | null;
  /** Number of the original delivery. */
  replayOf: number | null;
  subscribers: SubscriberSummary[];
}

/** Takes about 10 ms. */
const WARMED_AT_ONCE = 1000;

interface Cached {
  /** Of the event, when it was summarized. */
  pushes: number;
  summary: DeliverySummary;
}

/** Summaries of the deliveries of a log. A summary is computed once, and again after a push of its event. */
export class DeliverySummaries {
  readonly #deliveryLog: DeliveryLog;
  /** By topic. */
  readonly #subscriptions = new Map<string, SubscriptionMatcher[]>();
  readonly #cache = new WeakMap<DeliveryRecord, Cached>();
  #list: { revision: number; summaries: DeliverySummary[] } | undefined;

  constructor(deliveryLog: DeliveryLog, subscriptions: SubscriptionMatcher[]) {
    this.#deliveryLog = deliveryLog;
    for (const subscription of subscriptions) {
      const { topic } = subscription;
      this.#subscriptions.set(topic, [...(this.#subscriptions.get(topic) ?? []), subscription]);
    }
  }

  /** Summarizes the whole log bit by bit between other work, so that the first page need not wait for it. */
  async warm() {
    for (const [index, delivery] of this.#deliveryLog.deliveries().entries()) {
      this.of(delivery);
      if (index % WARMED_AT_ONCE === 0) await setImmediate();
    }
  }

  /** Newest first. The same array until the log changes: a page needs it more than once. */
  list(): readonly DeliverySummary[] {
    const revision = this.#deliveryLog.revision();
    if (this.#list?.revision !== revision)
      this.#list = {
        revision,
        summaries: this.#deliveryLog.deliveries().map((delivery) => this.of(delivery)),
      };
    return this.#list.summaries;
  }

  of(delivery: DeliveryRecord): DeliverySummary {
    const pushes = delivery.eventId === null ? [] : this.#deliveryLog.history(delivery.eventId).pushes;
    const cached = this.#cache.get(delivery);
    if (cached?.pushes === pushes.length) return cached.summary;
    const summary = summarize(delivery, pushes, {
      ...this.#deliveryLog.names(delivery.eventId),
      subscriptions: this.#subscriptions.get(`${delivery.source}-events`) ?? [],
    });
    this.#cache.set(delivery, { pushes: pushes.length, summary });
    return summary;
  }
}

interface Known {
  description: string | null;
  actor: string | null;
  repository: string | null;
  subscriptions: SubscriptionMatcher[];
}

function summarize(delivery: DeliveryRecord, pushes: PushRecord[], known: Known): DeliverySummary {
  const { number, at, source, headers, status, response, eventId } = delivery;
  const attributes = pushes[0]?.attributes;
  const eventName = findEventName(headers);
  return {
    number,
    at,
    source,
    type: attributes?.["ce-type"] ?? (eventName === undefined ? null : `${source}.${eventName}`),
    subject: attributes?.["ce-subject"] ?? null,
    repository: known.repository ?? attributes?.["ce-repository"] ?? null,
    description: known.description,
    actor: known.actor,
    time: attributes?.["ce-time"] ?? null,
    status,
    response,
    eventId,
    replayOf: Number(headers[replayHeader]) || null,
    subscribers: eventId === null ? [] : summarizeSubscribers(pushes, known.subscriptions),
  };
}

/** Subscribers that will get the event, and those that got it. */
function summarizeSubscribers(
  pushes: PushRecord[],
  subscriptions: SubscriptionMatcher[],
): SubscriberSummary[] {
  const attributes = pushes[0]?.attributes;
  const bySubscription = new Map<string, SubscriberSummary>();
  for (const { name, function: owner, matches } of subscriptions)
    if (matches(attributes))
      bySubscription.set(name, { subscription: name, function: owner, outcome: "waiting", pushes: [] });
  for (const push of pushes) {
    const { subscription, function: owner, outcome } = push;
    const known = bySubscription.get(subscription);
    if (known) {
      known.pushes.push(push);
      known.outcome = outcome;
    } else bySubscription.set(subscription, { subscription, function: owner, outcome, pushes: [push] });
  }
  return [...bySubscription.values()];
}
