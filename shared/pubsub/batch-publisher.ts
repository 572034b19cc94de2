import { withDeadline } from "../with-deadline.ts";
import type { Message } from "./message.ts";

/** Under load a message waits this long for others: a request costs as much as ten messages in it. */
const WAIT_MS = 10;
/** Pub/Sub accepts 1,000 messages and 10 MB in a request, https://cloud.google.com/pubsub/quotas */
const MAX_MESSAGES = 100;
const MAX_BYTES = 9_500_000;
/** https://grpc.io/docs/guides/status-codes/ */
const INVALID_ARGUMENT = 3;

/** Sends one Publish request, and resolves once it is confirmed. */
export type SendBatch = (messages: Message[]) => Promise<void>;

/** A message whose publisher waits for it. */
interface Pending {
  message: Message;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Publishes messages of concurrent deliveries in common requests.
 *
 * A message is sent with those of the same turn of the event loop. While a request is in flight, and after a request with several
 * messages, it waits up to 10 ms for others.
 */
export class BatchPublisher {
  readonly #send: SendBatch;
  readonly #deadlineMs: number;
  readonly #toError: (cause: unknown) => Error;
  #open: Pending[] = [];
  #openBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #inFlight = 0;
  #lastCount = 0;

  /**
   * @param deadlineMs how long a request may take, its retries included
   * @param toError makes the error of a message from that of its request: a DeadlineError, or what the client throws
   */
  constructor(send: SendBatch, deadlineMs: number, toError: (cause: unknown) => Error) {
    this.#send = send;
    this.#deadlineMs = deadlineMs;
    this.#toError = toError;
  }

  /**
   * Resolves once Pub/Sub has confirmed the message. A message that Pub/Sub refuses does not fail the messages beside it.
   *
   * @throws what `toError` makes
   */
  publish(message: Message): Promise<void> {
    return new Promise((resolve, reject) => this.#add({ message, resolve, reject }));
  }

  #add(pending: Pending) {
    const bytes = pending.message.data.length;
    if (this.#openBytes + bytes > MAX_BYTES) this.#flush();
    this.#open.push(pending);
    this.#openBytes += bytes;
    if (this.#open.length >= MAX_MESSAGES) this.#flush();
    else if (this.#open.length === 1) this.#scheduleFlush();
  }

  #scheduleFlush() {
    if (this.#inFlight === 0 && this.#lastCount <= 1) setImmediate(() => this.#flush());
    else this.#timer = setTimeout(() => this.#flush(), WAIT_MS);
  }

  #flush() {
    clearTimeout(this.#timer);
    const batch = this.#open;
    this.#open = [];
    this.#openBytes = 0;
    if (batch.length === 0) return;
    this.#lastCount = batch.length;
    void this.#sendBatch(batch);
  }

  /** Settles every message, and never throws. */
  async #sendBatch(batch: Pending[]): Promise<void> {
    this.#inFlight++;
    try {
      await withDeadline(this.#send(batch.map(({ message }) => message)), this.#deadlineMs);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 && isRefused(error)) for (const pending of batch) void this.#sendBatch([pending]);
      else for (const { reject } of batch) reject(this.#toError(error));
    } finally {
      this.#inFlight--;
    }
  }
}

function isRefused(error: unknown): boolean {
  return (error as { code?: unknown }).code === INVALID_ARGUMENT;
}
