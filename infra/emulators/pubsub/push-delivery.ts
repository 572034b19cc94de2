import type { Consumer, Outstanding, Queue } from "./queue.ts";

/** Requests in flight at once. The service adapts its limit to the endpoint. */
const MAX_CONCURRENT = 32;
/** Response statuses that acknowledge a message, https://cloud.google.com/pubsub/docs/push#receive_push */
const ACKNOWLEDGING_STATUSES = [102, 200, 201, 202, 204];

/** Pushes a subscription's messages to its endpoint. */
export class PushDelivery implements Consumer {
  readonly #queue: Queue;
  readonly #endpoint: string;
  readonly #stopped = new AbortController();
  #inFlight = 0;

  constructor(queue: Queue, endpoint: string) {
    this.#queue = queue;
    this.#endpoint = endpoint;
    queue.attach(this);
  }

  capacity(): number {
    return MAX_CONCURRENT - this.#inFlight;
  }

  deliver(messages: Outstanding[]) {
    for (const outstanding of messages) {
      this.#inFlight++;
      const { message, attempt } = outstanding;
      void this.#push(outstanding).then((error) => this.#settle(message.id, attempt, error));
    }
  }

  /** Aborts the requests in flight. Their messages stay unacknowledged. */
  stop() {
    this.#queue.detach(this);
    this.#stopped.abort();
  }

  #settle(id: string, attempt: number, error: string | null) {
    this.#inFlight--;
    // After a stop nothing is recorded: the next start delivers the unacknowledged messages again.
    if (this.#stopped.signal.aborted) return;
    if (error === null) this.#queue.acknowledge(id);
    else this.#queue.fail(id, error, attempt);
  }

  /** @returns null for an acknowledged push, else the reason of the failure */
  async #push(outstanding: Outstanding): Promise<string | null> {
    try {
      const deadline = AbortSignal.timeout(this.#queue.resource.ackDeadlineSeconds * 1000);
      const response = await fetch(this.#endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": "CloudPubSub-Google" },
        body: JSON.stringify(this.#body(outstanding)),
        // A redirect does not acknowledge. A followed redirect would count its target's 200 as an acknowledgement.
        redirect: "manual",
        signal: AbortSignal.any([this.#stopped.signal, deadline]),
      });
      const text = await response.text();
      return ACKNOWLEDGING_STATUSES.includes(response.status)
        ? null
        : `${response.status} ${text.slice(0, 200)}`;
    } catch (error) {
      const { message, cause } = error as Error;
      return cause instanceof Error ? `${message}: ${cause.message}` : message;
    }
  }

  /** The service sends both spellings of each name, https://cloud.google.com/pubsub/docs/push#receive_push */
  #body({ message, attempt }: Outstanding) {
    const { id, data, attributes, orderingKey } = message;
    const { name, deadLetterPolicy, enableMessageOrdering } = this.#queue.resource;
    const publishTime = new Date(message.publishTime).toISOString();
    return {
      message: {
        data,
        attributes,
        messageId: id,
        message_id: id,
        publishTime,
        publish_time: publishTime,
        ...(enableMessageOrdering && orderingKey !== "" && { orderingKey }),
      },
      subscription: name,
      ...(deadLetterPolicy && { deliveryAttempt: attempt }),
    };
  }
}
