import type { ServerDuplexStream } from "@grpc/grpc-js";
import { toReceivedMessage } from "./grpc.ts";
import type { Consumer, Outstanding, Queue } from "./queue.ts";
import type { StreamingPullRequest, StreamingPullResponse } from "./requests.ts";

/** What a stream takes when its client names no limit. */
const DEFAULT_MAX_OUTSTANDING = 1000;

/** One StreamingPull call: messages go out as there is room, acknowledgements and deadlines come in. */
export class PullStream implements Consumer {
  readonly #stream: ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>;
  readonly #queue: Queue;
  readonly #max: number;
  /** Ids of messages and the attempt that each was sent as. */
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
    // Answered by any call, expired or dead-lettered: then it takes no room here any more.
    for (const [id, attempt] of this.#sent) if (!this.#queue.holds(id, attempt)) this.#sent.delete(id);
    return this.#max - this.#sent.size;
  }

  deliver(messages: Outstanding[]) {
    for (const { message, attempt } of messages) this.#sent.set(message.id, attempt);
    this.#stream.write({
      receivedMessages: messages.map((outstanding) => toReceivedMessage(outstanding, this.#queue)),
    });
  }

  /** What the client says after its first request. */
  handle({ ackIds, modifyDeadlineAckIds, modifyDeadlineSeconds }: StreamingPullRequest) {
    for (const id of ackIds) this.#queue.acknowledge(id);
    modifyDeadlineAckIds.forEach((id, index) => {
      this.#queue.extend(id, modifyDeadlineSeconds[index] ?? 0);
    });
  }

  /** The stream ended; what it had and did not answer is delivered again when its deadline is over. */
  stop() {
    this.#queue.detach(this);
  }
}
