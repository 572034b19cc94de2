import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { Broker } from "./broker.ts";
import { toReceivedMessage, toServiceError, unary } from "./grpc.ts";
import type { SubscriptionResource } from "./journal.ts";
import { PullStream } from "./pull-stream.ts";
import type { Outstanding, Queue } from "./queue.ts";
import type {
  AcknowledgeRequest,
  ListRequest,
  ModifyAckDeadlineRequest,
  ModifyPushConfigRequest,
  NameRequest,
  PullRequest,
  StreamingPullRequest,
  StreamingPullResponse,
  UpdateSubscriptionRequest,
} from "./requests.ts";

/** Longest wait of a Pull for a first message. The service waits longer. */
const PULL_WAIT_MS = 300;
const DEFAULT_ACK_DEADLINE_SECONDS = 10;

/** google.pubsub.v1.Subscriber, https://cloud.google.com/pubsub/docs/reference/rpc/google.pubsub.v1#subscriber */
export function subscriberService(broker: Broker) {
  return {
    createSubscription: unary((subscription: SubscriptionResource) =>
      broker.createSubscription(withDefaults(subscription)),
    ),
    getSubscription: unary(({ subscription }: NameRequest) => broker.queue(subscription).resource),
    updateSubscription: unary(({ subscription, updateMask }: UpdateSubscriptionRequest) => {
      const { resource } = broker.queue(subscription.name);
      return broker.updateSubscription({ ...resource, ...pickFields(subscription, updateMask.paths) });
    }),
    listSubscriptions: unary(({ project }: ListRequest) => ({
      subscriptions: [...broker.queues.values()]
        .map(({ resource }) => resource)
        .filter(({ name }) => name.startsWith(`${project}/`)),
    })),
    deleteSubscription: unary(({ subscription }: NameRequest) => {
      broker.deleteSubscription(subscription);
      return {};
    }),
    modifyPushConfig: unary(({ subscription, pushConfig }: ModifyPushConfigRequest) => {
      broker.updateSubscription({ ...broker.queue(subscription).resource, pushConfig });
      return {};
    }),
    acknowledge: unary(({ subscription, ackIds }: AcknowledgeRequest) => {
      for (const id of ackIds) broker.queue(subscription).acknowledge(id);
      return {};
    }),
    modifyAckDeadline: unary(({ subscription, ackIds, ackDeadlineSeconds }: ModifyAckDeadlineRequest) => {
      for (const id of ackIds) broker.queue(subscription).extend(id, ackDeadlineSeconds);
      return {};
    }),
    pull: unary(({ subscription, maxMessages }: PullRequest) =>
      pull(broker.queue(subscription), maxMessages),
    ),
    streamingPull: (stream: ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>) =>
      streamingPull(stream, broker),
  };
}

function pull(
  queue: Queue,
  max: number,
): Promise<{ receivedMessages: ReturnType<typeof toReceivedMessage>[] }> {
  return new Promise((resolve) => {
    const consumer = { capacity: () => max, deliver: (messages: Outstanding[]) => finish(messages) };
    const timer = setTimeout(() => finish([]), PULL_WAIT_MS);
    const finish = (messages: Outstanding[]) => {
      clearTimeout(timer);
      queue.detach(consumer);
      resolve({ receivedMessages: messages.map((outstanding) => toReceivedMessage(outstanding, queue)) });
    };
    queue.attach(consumer);
  });
}

function streamingPull(
  call: ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>,
  broker: Broker,
) {
  let stream: PullStream | undefined;
  call.on("data", (request: StreamingPullRequest) => {
    if (stream) return stream.handle(request);
    try {
      stream = new PullStream(call, broker.queue(request.subscription), request);
    } catch (error) {
      call.emit("error", toServiceError(error));
    }
  });
  const stop = () => stream?.stop();
  call.on("cancelled", stop);
  call.on("end", () => {
    stop();
    call.end();
  });
}

function withDefaults(subscription: SubscriptionResource): SubscriptionResource {
  return {
    ...subscription,
    ackDeadlineSeconds: subscription.ackDeadlineSeconds || DEFAULT_ACK_DEADLINE_SECONDS,
  };
}

/** @param paths an update mask, in snake case: `push_config`, `retry_policy.minimum_backoff` */
function pickFields(subscription: SubscriptionResource, paths: string[]): Partial<SubscriptionResource> {
  const names = paths.map((path) =>
    path.split(".")[0]?.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
  );
  return Object.fromEntries(Object.entries(subscription).filter(([name]) => names.includes(name)));
}
