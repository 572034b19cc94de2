import type { Consumer, Outstanding, Queue } from "./queue.ts";

/** Requests that are under way at once; the service adapts this to the endpoint. */
const MAX_CONCURRENT = 32;
/** The answers that acknowledge, https://cloud.google.com/pubsub/docs/push#receive_push */
const ACKNOWLEDGING_STATUSES = [102, 200, 201, 202, 204];

/** Pushes a subscription's messages to its endpoint. */
export class PushDelivery implements Consumer {
  readonly #queue: Queue;
  readonly #endpoint: string;
  readonly #stopped = new AbortController();
  #underWay = 0;

  constructor(queue: Queue, endpoint: string) {
    this.#queue = queue;
    this.#endpoint = endpoint;
    queue.attach(this);
  }

  capacity(): number {
    return MAX_CONCURRENT - this.#underWay;
  }

  deliver(messages: Outstanding[]) {
    for (const outstanding of messages) {
      this.#underWay++;
      const { message, attempt } = outstanding;
      void this.#push(outstanding).then((error) => this.#settle(message.id, attempt, error));
    }
  }

  /** What is under way is broken off and counts as not delivered. */
  stop() {
    this.#queue.detach(this);
    this.#stopped.abort();
  }

  #settle(id: string, attempt: number, error: string | null) {
    this.#underWay--;
    // After a stop the journal is closed: what was not acknowledged is delivered again after the next start.
    if (this.#stopped.signal.aborted) return;
    if (error === null) this.#queue.acknowledge(id);
    else this.#queue.fail(id, error, attempt);
  }

  /** @returns null when it was acknowledged, else why not */
  async #push(outstanding: Outstanding): Promise<string | null> {
    try {
      const deadline = AbortSignal.timeout(this.#queue.resource.ackDeadlineSeconds * 1000);
      const response = await fetch(this.#endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": "CloudPubSub-Google" },
        body: JSON.stringify(this.#body(outstanding)),
        // A redirect is not among the answers that acknowledge; followed, its target's 200 would be taken for one.
        redirect: "manual",
        signal: AbortSignal.any([this.#stopped.signal, deadline]),
      });
      const answer = await response.text();
      return ACKNOWLEDGING_STATUSES.includes(response.status)
        ? null
        : `${response.status} ${answer.slice(0, 200)}`;
    } catch (error) {
      const { message, cause } = error as Error;
      return cause instanceof Error ? `${message}: ${cause.message}` : message;
    }
  }

  /** Both spellings of each name, as the service sends them. */
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
