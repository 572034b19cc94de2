import type { ServerDuplexStream } from "@grpc/grpc-js";
import { toReceivedMessage } from "./grpc.ts";
import type { Consumer, Outstanding, Queue } from "./queue.ts";
import type { StreamingPullRequest, StreamingPullResponse } from "./requests.ts";

/** Limit of unacknowledged messages for a client that names none. */
const DEFAULT_MAX_OUTSTANDING = 1000;

/** One StreamingPull call: sends messages within the client's limit, and receives acknowledgements and deadlines. */
export class PullStream implements Consumer {
  readonly #stream: ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>;
  readonly #queue: Queue;
  readonly #max: number;
  /** Attempt number of each message that was sent, by message id. */
  readonly #sent = new Map<string, number>();

  constructor(
    stream: ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>,
    queue: Queue,
    first: StreamingPullRequest,
  ) {
    this.#stream = stream;
    this.#queue = queue;
    this.#max = first.maxOutstandingMessages || DEFAULT_MAX_OUTSTANDING;
    stream.write({
      receivedMessages: [],
      subscriptionProperties: {
        messageOrderingEnabled: queue.resource.enableMessageOrdering,
        exactlyOnceDeliveryEnabled: false,
      },
    });
    queue.attach(this);
  }

  capacity(): number {
    // A message stops counting once any call acknowledged it, its deadline passed, or it was dead-lettered.
    for (const [id, attempt] of this.#sent) if (!this.#queue.holds(id, attempt)) this.#sent.delete(id);
    return this.#max - this.#sent.size;
  }

  deliver(messages: Outstanding[]) {
    for (const { message, attempt } of messages) this.#sent.set(message.id, attempt);
    this.#stream.write({
      receivedMessages: messages.map((outstanding) => toReceivedMessage(outstanding, this.#queue)),
    });
  }

  /** Applies a request that follows the client's first one. */
  handle({ ackIds, modifyDeadlineAckIds, modifyDeadlineSeconds }: StreamingPullRequest) {
    for (const id of ackIds) this.#queue.acknowledge(id);
    modifyDeadlineAckIds.forEach((id, index) => {
      this.#queue.extend(id, modifyDeadlineSeconds[index] ?? 0);
    });
  }

  /** Ends the stream. Its unacknowledged messages are delivered again after their deadline. */
  stop() {
    this.#queue.detach(this);
  }
}
