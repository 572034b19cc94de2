import type { toReceivedMessage } from "./grpc.ts";
import type { SubscriptionResource, TopicResource } from "./journal.ts";

/** Requests of google.pubsub.v1 as @grpc/proto-loader decodes them, with the fields that the emulator reads. */
export interface PublishRequest {
  topic: string;
  messages: { data: Buffer; attributes: Record<string, string>; orderingKey: string }[];
}

export interface NameRequest {
  topic: string;
  subscription: string;
}

export interface ListRequest {
  project: string;
  topic: string;
}

export interface UpdateTopicRequest {
  topic: TopicResource;
}

export interface UpdateSubscriptionRequest {
  subscription: SubscriptionResource;
  updateMask: { paths: string[] };
}

export interface ModifyPushConfigRequest {
  subscription: string;
  pushConfig: SubscriptionResource["pushConfig"];
}

export interface AcknowledgeRequest {
  subscription: string;
  ackIds: string[];
}

export interface ModifyAckDeadlineRequest extends AcknowledgeRequest {
  ackDeadlineSeconds: number;
}

export interface PullRequest {
  subscription: string;
  maxMessages: number;
}

export interface StreamingPullRequest {
  subscription: string;
  ackIds: string[];
  modifyDeadlineSeconds: number[];
  modifyDeadlineAckIds: string[];
  streamAckDeadlineSeconds: number;
  maxOutstandingMessages: number;
}

export interface StreamingPullResponse {
  receivedMessages: ReturnType<typeof toReceivedMessage>[];
  subscriptionProperties?: { messageOrderingEnabled: boolean; exactlyOnceDeliveryEnabled: boolean };
}
