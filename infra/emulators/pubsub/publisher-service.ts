import type { Broker } from "./broker.ts";
import { unary } from "./grpc.ts";
import type { TopicResource } from "./journal.ts";
import type { ListRequest, NameRequest, PublishRequest, UpdateTopicRequest } from "./requests.ts";

/** google.pubsub.v1.Publisher, https://cloud.google.com/pubsub/docs/reference/rpc/google.pubsub.v1#publisher */
export function publisherService(broker: Broker) {
  return {
    createTopic: unary((topic: TopicResource) => broker.createTopic(topic)),
    getTopic: unary(({ topic }: NameRequest) => broker.topic(topic)),
    updateTopic: unary(({ topic }: UpdateTopicRequest) => broker.topic(topic.name)),
    deleteTopic: unary(({ topic }: NameRequest) => {
      broker.deleteTopic(topic);
      return {};
    }),
    listTopics: unary(({ project }: ListRequest) => ({
      topics: [...broker.topics.values()].filter(({ name }) => name.startsWith(`${project}/`)),
    })),
    listTopicSubscriptions: unary(({ topic }: ListRequest) => ({
      subscriptions: [...broker.queues.values()].flatMap(({ resource }) =>
        resource.topic === topic ? [resource.name] : [],
      ),
    })),
    publish: unary(({ topic, messages }: PublishRequest) => ({
      messageIds: broker.publish(
        topic,
        messages.map(({ data, attributes, orderingKey }) => ({
          data: data.toString("base64"),
          attributes,
          orderingKey,
        })),
      ),
    })),
  };
}
