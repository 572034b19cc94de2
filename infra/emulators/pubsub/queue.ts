import { backoffMs } from "./backoff.ts";
import { type Filter, parseFilter } from "./filter.ts";
import type { StoredMessage, SubscriptionResource } from "./journal.ts";

/** A message that a subscription has not acknowledged. */
export interface Outstanding {
  message: StoredMessage;
  /** Deliveries so far, the current one included. */
  attempt: number;
  /** Milliseconds since 1970: not delivered before. */
  notBefore: number;
  /** Milliseconds since 1970: delivered, and to be answered until then; 0 while it waits. */
  leasedUntil: number;
  lastError?: string;
}

/** Takes messages off a queue: a push endpoint, a stream, a pull. */
export interface Consumer {
  /** How many messages it takes now. */
  capacity(): number;
  deliver(messages: Outstanding[]): void;
}

/** What happens to a message that a delivery ended for; the broker writes it down. */
export interface QueueEvents {
  acknowledged(id: string): void;
  failed(outstanding: Outstanding): void;
  /** @returns whether the message is kept elsewhere now; if not, it goes on being delivered */
  exhausted(outstanding: Outstanding): boolean;
}

/** The client takes 20 MB in one answer; a single message may have 10 MB. */
const MAX_BATCH_BYTES = 10_000_000;
/** Timers beyond this overflow in Node. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The messages of one subscription between being published and being acknowledged. */
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

  /** Unacknowledged messages in the order of their publication. */
  outstanding(): Outstanding[] {
    return [...this.#outstanding.values()];
  }

  add(message: StoredMessage) {
    this.restore(message);
    this.pump();
  }

  /** From the journal: a message that was published before. */
  restore(message: StoredMessage, attempt = 0) {
    this.#outstanding.set(message.id, { message, attempt, notBefore: 0, leasedUntil: 0 });
  }

  /** From the journal: a delivery that had failed. */
  restoreAttempt(id: string, attempt: number) {
    const outstanding = this.#outstanding.get(id);
    if (outstanding) outstanding.attempt = attempt;
  }

  /** From the journal: a message that was acknowledged. */
  forget(id: string) {
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

  /** Whether this delivery of a message is still to be answered. */
  holds(id: string, attempt: number): boolean {
    const outstanding = this.#outstanding.get(id);
    return outstanding !== undefined && outstanding.leasedUntil !== 0 && outstanding.attempt === attempt;
  }

  /** A delivery failed; nothing happens when it was over already, since its deadline passed. */
  fail(id: string, error: string, attempt: number) {
    const outstanding = this.#outstanding.get(id);
    if (!outstanding || !this.holds(id, attempt)) return;
    this.#endDelivery(outstanding, error);
    this.pump();
  }

  /** Gives a delivery more time. @param seconds 0 ends it as failed */
  extend(id: string, seconds: number) {
    const outstanding = this.#outstanding.get(id);
    if (!outstanding?.leasedUntil) return;
    if (seconds === 0) return this.fail(id, "not acknowledged", outstanding.attempt);
    outstanding.leasedUntil = Date.now() + seconds * 1000;
    this.pump();
  }

  /** Delivers what can be delivered to whoever has room. */
  pump() {
    // One moment for all of it: what is due a moment later is not delivered, and has a timer set for it.
    const now = Date.now();
    this.#expire(now);
    for (const consumer of this.#consumers) {
      // A pull takes one batch and leaves; the others go on while they have room.
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

  /** Again after the policy's wait, or not any more. */
  #endDelivery(outstanding: Outstanding, error: string) {
    outstanding.lastError = error;
    outstanding.leasedUntil = 0;
    const { deadLetterPolicy, retryPolicy } = this.resource;
    const spent = deadLetterPolicy && outstanding.attempt >= deadLetterPolicy.maxDeliveryAttempts;
    if (spent && this.#events.exhausted(outstanding)) {
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
      const free = outstanding.leasedUntil === 0 && outstanding.notBefore <= now && !heldKeys.has(key);
      // Of an ordering key only the oldest message may be with a subscriber.
      if (key !== "") heldKeys.add(key);
      if (!free) continue;
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
