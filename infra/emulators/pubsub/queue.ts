import { backoffMs } from "./backoff.ts";
import { type Filter, parseFilter } from "./filter.ts";
import type { StoredMessage, SubscriptionResource } from "./journal.ts";

/** A message that a subscription has not acknowledged. */
export interface Outstanding {
  message: StoredMessage;
  /** Deliveries so far, the current one included. */
  attempt: number;
  /** Earliest time of the next delivery, in milliseconds since 1970. */
  notBefore: number;
  /** Acknowledgement deadline of the current delivery, in milliseconds since 1970; 0 while no delivery is in progress. */
  leasedUntil: number;
  lastError?: string;
}

/** Receives messages of a queue: a push endpoint, a stream, a pull. */
export interface Consumer {
  /** Number of messages that it can receive now. */
  capacity(): number;
  deliver(messages: Outstanding[]): void;
}

/** Called when a delivery ends; the broker records the result. */
export interface QueueEvents {
  acknowledged(id: string): void;
  failed(outstanding: Outstanding): void;
  /** @returns whether the message was dead-lettered; if not, its delivery continues */
  exhausted(outstanding: Outstanding): boolean;
}

/** The client accepts responses of 20 MB; a single message may have 10 MB. */
const MAX_BATCH_BYTES = 10_000_000;
/** Node's timers overflow beyond this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The unacknowledged messages of one subscription. */
export class Queue {
  resource: SubscriptionResource;
  readonly filter: Filter;
  readonly #outstanding = new Map<string, Outstanding>();
  readonly #consumers = new Set<Consumer>();
  readonly #events: QueueEvents;
  #timer: NodeJS.Timeout | undefined;

  constructor(resource: SubscriptionResource, events: QueueEvents) {
    this.resource = resource;
    this.filter = resource.filter === "" ? () => true : parseFilter(resource.filter);
    this.#events = events;
  }

  /** Unacknowledged messages in order of publication. */
  outstanding(): Outstanding[] {
    return [...this.#outstanding.values()];
  }

  add(message: StoredMessage) {
    this.restore(message);
    this.pump();
  }

  /** Adds a message from the journal without delivering it. */
  restore(message: StoredMessage, attempt = 0) {
    this.#outstanding.set(message.id, { message, attempt, notBefore: 0, leasedUntil: 0 });
  }

  /** Sets the number of attempts that the journal records. */
  restoreAttempt(id: string, attempt: number) {
    const outstanding = this.#outstanding.get(id);
    if (outstanding) outstanding.attempt = attempt;
  }

  /** Removes a message that the journal records as acknowledged. */
  restoreAcknowledged(id: string) {
    this.#outstanding.delete(id);
  }

  attach(consumer: Consumer) {
    this.#consumers.add(consumer);
    this.pump();
  }

  detach(consumer: Consumer) {
    this.#consumers.delete(consumer);
  }

  acknowledge(id: string) {
    if (!this.#outstanding.delete(id)) return;
    this.#events.acknowledged(id);
    this.pump();
  }

  /** Whether this delivery of a message is in progress. */
  holds(id: string, attempt: number): boolean {
    const outstanding = this.#outstanding.get(id);
    return outstanding !== undefined && outstanding.leasedUntil !== 0 && outstanding.attempt === attempt;
  }

  /** Records a failed delivery. Does nothing if the delivery has ended, for example at its deadline. */
  fail(id: string, error: string, attempt: number) {
    const outstanding = this.#outstanding.get(id);
    if (!outstanding || !this.holds(id, attempt)) return;
    this.#endDelivery(outstanding, error);
    this.pump();
  }

  /**
   * Extends the acknowledgement deadline.
   * @param seconds from now; 0 is a nack
   */
  extend(id: string, seconds: number) {
    const outstanding = this.#outstanding.get(id);
    if (!outstanding?.leasedUntil) return;
    if (seconds === 0) return this.fail(id, "not acknowledged", outstanding.attempt);
    outstanding.leasedUntil = Date.now() + seconds * 1000;
    this.pump();
  }

  /** Delivers the due messages to the consumers that have capacity. */
  pump() {
    // One read of the clock: a message that falls due between two reads would be neither delivered nor scheduled.
    const now = Date.now();
    this.#expire(now);
    for (const consumer of this.#consumers) {
      // A pull detaches after one batch; the others continue while they have capacity.
      while (this.#consumers.has(consumer)) {
        const messages = this.#lease(consumer.capacity(), now);
        if (messages.length === 0) break;
        consumer.deliver(messages);
      }
    }
    this.#schedule(now);
  }

  close() {
    clearTimeout(this.#timer);
    this.#consumers.clear();
  }

  /** Schedules the next attempt after the policy's wait, or dead-letters the message. */
  #endDelivery(outstanding: Outstanding, error: string) {
    outstanding.lastError = error;
    outstanding.leasedUntil = 0;
    const { deadLetterPolicy, retryPolicy } = this.resource;
    const isExhausted = deadLetterPolicy && outstanding.attempt >= deadLetterPolicy.maxDeliveryAttempts;
    if (isExhausted && this.#events.exhausted(outstanding)) {
      this.#outstanding.delete(outstanding.message.id);
      this.#events.acknowledged(outstanding.message.id);
      return;
    }
    outstanding.notBefore = Date.now() + backoffMs(retryPolicy, outstanding.attempt);
    this.#events.failed(outstanding);
  }

  #lease(max: number, now: number): Outstanding[] {
    let bytes = 0;
    const leased: Outstanding[] = [];
    const heldKeys = new Set<string>();
    for (const outstanding of this.#outstanding.values()) {
      if (leased.length >= max) break;
      const key = this.resource.enableMessageOrdering ? outstanding.message.orderingKey : "";
      const isDue = outstanding.leasedUntil === 0 && outstanding.notBefore <= now && !heldKeys.has(key);
      // Only the oldest message of an ordering key may be in flight.
      if (key !== "") heldKeys.add(key);
      if (!isDue) continue;
      bytes += Buffer.byteLength(outstanding.message.data, "base64");
      if (leased.length > 0 && bytes > MAX_BATCH_BYTES) break;
      outstanding.attempt++;
      outstanding.leasedUntil = now + this.resource.ackDeadlineSeconds * 1000;
      leased.push(outstanding);
    }
    return leased;
  }

  #expire(now: number) {
    for (const outstanding of this.#outstanding.values()) {
      const { leasedUntil } = outstanding;
      if (leasedUntil !== 0 && leasedUntil <= now) this.#endDelivery(outstanding, "not acknowledged in time");
    }
  }

  #schedule(now: number) {
    clearTimeout(this.#timer);
    let next = Number.POSITIVE_INFINITY;
    for (const { leasedUntil, notBefore } of this.#outstanding.values()) {
      if (leasedUntil !== 0) next = Math.min(next, leasedUntil);
      else if (notBefore > now) next = Math.min(next, notBefore);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.pump(), Math.min(Math.max(next - now, 1), LONGEST_TIMER_MS));
    this.#timer.unref();
  }
}
