import type { ServerDuplexStream } from "@grpc/grpc-js";
import { messageOf } from "./grpc-message.ts";
import type { Consumer, Outstanding, Queue } from "./queue.ts";
import type { StreamingPullRequest, StreamingPullResponse } from "./requests.ts";

/** What a stream takes when its client names no limit. */
const DEFAULT_MAX_OUTSTANDING = 1000;

/** One StreamingPull call: messages go out as there is room, acknowledgements and deadlines come in. */
export class PullStream implements Consumer {
  readonly #stream: ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>;
  readonly #queue: Queue;
  readonly #max: number;
  readonly #sent = new Set<string>();

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
    return this.#max - this.#sent.size;
  }

  deliver(messages: Outstanding[]) {
    for (const { message } of messages) this.#sent.add(message.id);
    this.#stream.write({
      receivedMessages: messages.map((outstanding) => received(outstanding, this.#queue)),
    });
  }

  /** What the client says after its first request. */
  take({ ackIds, modifyDeadlineAckIds, modifyDeadlineSeconds }: StreamingPullRequest) {
    for (const id of ackIds) this.settle(id);
    modifyDeadlineAckIds.forEach((id, index) => {
      const seconds = modifyDeadlineSeconds[index] ?? 0;
      if (seconds === 0) this.#sent.delete(id);
      this.#queue.extend(id, seconds);
    });
  }

  /** A message of this stream was acknowledged, by whatever call. */
  settle(id: string) {
    this.#sent.delete(id);
    this.#queue.acknowledge(id);
  }

  /** The stream ended; what it had and did not answer is delivered again when its deadline is over. */
  stop() {
    this.#queue.detach(this);
  }
}

/** A delivery in the form of google.pubsub.v1.ReceivedMessage; its ack id is the message's id. */
export function received({ message, attempt }: Outstanding, queue: Queue) {
  return {
    ackId: message.id,
    message: messageOf(message),
    deliveryAttempt: queue.resource.deadLetterPolicy ? attempt : 0,
  };
}
