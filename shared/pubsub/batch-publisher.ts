import { withDeadline } from "../with-deadline.ts";
import type { Message } from "./message.ts";

/** While Pub/Sub has not confirmed an earlier request, a message waits this long for others: a request costs as much as ten messages in it. */
const WAIT_MS = 10;
/** Pub/Sub accepts 1,000 messages and 10 MB in a request, https://cloud.google.com/pubsub/quotas */
const MAX_MESSAGES = 100;
const MAX_BYTES = 9_500_000;
/** https://grpc.io/docs/guides/status-codes/ */
const INVALID_ARGUMENT = 3;

/** Sends one Publish request, and resolves once it is confirmed. */
export type SendBatch = (messages: Message[]) => Promise<void>;

interface Batch {
  messages: Message[];
  bytes: number;
  /** Settles when the request of the batch does. */
  stored: Promise<void>;
  /** Sends the request, once. */
  send: () => void;
}

/**
 * Publishes messages of concurrent deliveries in common requests.
 *
 * A message that arrives while no request is in flight is sent with those of the same turn of the event loop. Under load a message waits
 * up to 10 ms for others.
 */
export class BatchPublisher {
  readonly #send: SendBatch;
  readonly #deadlineMs: number;
  #open: Batch | undefined;
  #inFlight = 0;

  /** @param deadlineMs how long a request may take, its retries included */
  constructor(send: SendBatch, deadlineMs: number) {
    this.#send = send;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Resolves once Pub/Sub has confirmed the message.
   *
   * @throws {DeadlineError} if no confirmation came in time
   * @throws what the client throws; a message that Pub/Sub refuses does not fail the messages beside it
   */
  async publish(message: Message): Promise<void> {
    const batch = this.#addToBatch(message);
    try {
      await batch.stored;
    } catch (error) {
      if (batch.messages.length === 1 || (error as { code?: unknown }).code !== INVALID_ARGUMENT) throw error;
      await this.#sendInTime([message]);
    }
  }

  #addToBatch(message: Message): Batch {
    const bytes = message.data.length;
    if (this.#open && this.#open.bytes + bytes > MAX_BYTES) this.#open.send();
    this.#open ??= this.#openBatch();
    const batch = this.#open;
    batch.messages.push(message);
    batch.bytes += bytes;
    if (batch.messages.length >= MAX_MESSAGES) batch.send();
    return batch;
  }

  #openBatch(): Batch {
    const messages: Message[] = [];
    let send = () => {};
    const stored = new Promise<void>((resolve, reject) => {
      send = () => {
        if (this.#open === batch) this.#open = undefined;
        send = () => {};
        this.#sendInTime(messages).then(resolve, reject);
      };
    });
    const batch: Batch = { messages, bytes: 0, stored, send: () => send() };
    if (this.#inFlight === 0) setImmediate(batch.send);
    else setTimeout(batch.send, WAIT_MS);
    return batch;
  }

  async #sendInTime(messages: Message[]): Promise<void> {
    this.#inFlight++;
    try {
      await withDeadline(this.#send(messages), this.#deadlineMs);
    } finally {
      this.#inFlight--;
    }
  }
}
