import { BigQueryDelivery } from "./bigquery-delivery.ts";
import { FilterError } from "./filter.ts";
import { alreadyExists, failedPrecondition, invalidArgument, notFound, outOfRange } from "./grpc.ts";
import {
  Journal,
  type JournalEntry,
  type StoredMessage,
  type SubscriptionResource,
  type TopicResource,
} from "./journal.ts";
import { PushDelivery } from "./push-delivery.ts";
import { type Outstanding, Queue } from "./queue.ts";
import { validatePublish } from "./validate-message.ts";

/** The service's name for the deleted topic of a subscription. */
const DELETED_TOPIC = "_deleted-topic_";

export type NewMessage = Pick<StoredMessage, "data" | "attributes" | "orderingKey">;

/** Topics, subscriptions and their unacknowledged messages. The journal restores them after a restart. */
export class Broker {
  readonly topics = new Map<string, TopicResource>();
  readonly queues = new Map<string, Queue>();
  /** Of the subscriptions that nobody pulls. */
  readonly #deliveries = new Map<string, PushDelivery | BigQueryDelivery>();
  readonly #journal: Journal;
  readonly #bigqueryUrl: (() => string) | undefined;
  #lastId = 0;

  /**
   * @param dir directory of the journal; without it nothing survives a restart
   * @param bigqueryUrl where BigQuery subscriptions write; without it they cannot be created
   */
  constructor(dir?: string, bigqueryUrl?: () => string) {
    this.#bigqueryUrl = bigqueryUrl;
    this.#journal = new Journal(dir);
    for (const entry of this.#journal.read()) this.#replay(entry);
    this.#journal.rewrite(this.#snapshot());
    for (const queue of this.queues.values()) this.#connect(queue);
  }

  createTopic(topic: TopicResource): TopicResource {
    if (this.topics.has(topic.name)) throw alreadyExists(topic.name);
    this.topics.set(topic.name, topic);
    this.#journal.append({ op: "topic", topic });
    return topic;
  }

  topic(name: string): TopicResource {
    const topic = this.topics.get(name);
    if (!topic) throw notFound(name);
    return topic;
  }

  deleteTopic(name: string) {
    this.topic(name);
    this.#removeTopic(name);
    this.#journal.append({ op: "topic-deleted", name });
  }

  createSubscription(resource: SubscriptionResource): SubscriptionResource {
    if (this.queues.has(resource.name)) throw alreadyExists(resource.name);
    this.topic(resource.topic);
    validatePolicies(resource);
    if (resource.bigqueryConfig && !this.#bigqueryUrl)
      throw failedPrecondition("The emulator was started without a BigQuery to write to.");
    const queue = this.#newQueue(resource);
    this.#journal.append({ op: "subscription", subscription: resource });
    this.#connect(queue);
    return resource;
  }

  queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw notFound(name);
    return queue;
  }

  updateSubscription(resource: SubscriptionResource): SubscriptionResource {
    const queue = this.queue(resource.name);
    if (resource.filter !== queue.resource.filter)
      throw invalidArgument("A subscription's filter cannot be changed.");
    validatePolicies(resource);
    const isMoved = nameDestination(resource) !== nameDestination(queue.resource);
    queue.resource = resource;
    this.#journal.append({ op: "subscription", subscription: resource });
    // A new connection aborts the pushes in flight, and they wait for their acknowledgement deadline.
    if (isMoved) this.#connect(queue);
    return resource;
  }

  deleteSubscription(name: string) {
    const queue = this.queue(name);
    this.#disconnect(name);
    queue.close();
    this.queues.delete(name);
    this.#journal.append({ op: "subscription-deleted", name });
  }

  /**
   * Stores messages for every subscription whose filter they pass.
   * @returns their ids
   */
  publish(topicName: string, messages: NewMessage[]): string[] {
    this.topic(topicName);
    validatePublish(messages);
    return this.#store(topicName, messages);
  }

  #store(topicName: string, messages: NewMessage[]): string[] {
    return messages.map((message) => {
      const stored: StoredMessage = { ...message, id: this.#nextId(), publishTime: Date.now() };
      const queues = [...this.queues.values()].filter(
        ({ resource, filter }) => resource.topic === topicName && filter(message.attributes),
      );
      this.#journal.append({
        op: "publish",
        message: stored,
        to: queues.map(({ resource }) => resource.name),
      });
      for (const queue of queues) queue.add(stored);
      return stored.id;
    });
  }

  /** Whether no push or BigQuery subscription has an unacknowledged message. */
  idle(): boolean {
    const delivered = [...this.queues.values()].filter(({ resource }) => nameDestination(resource));
    return delivered.every((queue) => queue.outstanding().length === 0);
  }

  close() {
    for (const delivery of this.#deliveries.values()) delivery.stop();
    for (const queue of this.queues.values()) queue.close();
  }

  #connect(queue: Queue) {
    const { name, pushConfig, bigqueryConfig } = queue.resource;
    this.#disconnect(name);
    if (pushConfig?.pushEndpoint)
      this.#deliveries.set(name, new PushDelivery(queue, pushConfig.pushEndpoint));
    else if (bigqueryConfig && this.#bigqueryUrl)
      this.#deliveries.set(name, new BigQueryDelivery(queue, bigqueryConfig, this.#bigqueryUrl));
  }

  #disconnect(name: string) {
    this.#deliveries.get(name)?.stop();
    this.#deliveries.delete(name);
  }

  #newQueue(resource: SubscriptionResource): Queue {
    const queue: Queue = createQueue(resource, {
      acknowledged: (id) => this.#journal.append({ op: "ack", subscription: resource.name, id }),
      failed: ({ message, attempt }) =>
        this.#journal.append({ op: "attempt", subscription: resource.name, id: message.id, attempt }),
      exhausted: (outstanding) => this.#deadLetter(queue.resource, outstanding),
    });
    this.queues.set(resource.name, queue);
    return queue;
  }

  /** https://cloud.google.com/pubsub/docs/dead-letter-topics#message_attributes */
  #deadLetter({ name, deadLetterPolicy }: SubscriptionResource, { message, attempt }: Outstanding): boolean {
    const topic = deadLetterPolicy?.deadLetterTopic ?? "";
    if (!this.topics.has(topic)) return false;
    const [, project = "", , subscription = ""] = name.split("/");
    const attributes = {
      ...message.attributes,
      CloudPubSubDeadLetterSourceSubscription: subscription,
      CloudPubSubDeadLetterSourceSubscriptionProject: project,
      CloudPubSubDeadLetterSourceDeliveryCount: String(attempt),
      CloudPubSubDeadLetterSourceTopicPublishTime: new Date(message.publishTime).toISOString(),
    };
    // Not validated: with these attributes, a message at a publisher's limits exceeds them.
    this.#store(topic, [{ data: message.data, attributes, orderingKey: message.orderingKey }]);
    return true;
  }

  /** The topic's subscriptions keep their messages, and receive none from a later topic of the same name. */
  #removeTopic(name: string) {
    this.topics.delete(name);
    for (const queue of this.queues.values()) {
      if (queue.resource.topic === name) queue.resource = { ...queue.resource, topic: DELETED_TOPIC };
    }
  }

  #nextId(): string {
    this.#lastId = Math.max(this.#lastId + 1, Date.now() * 1000);
    return String(this.#lastId);
  }

  #replay(entry: JournalEntry) {
    switch (entry.op) {
      case "topic":
        return this.topics.set(entry.topic.name, entry.topic);
      case "topic-deleted":
        return this.#removeTopic(entry.name);
      case "subscription": {
        const queue = this.queues.get(entry.subscription.name);
        if (queue) queue.resource = entry.subscription;
        else this.#newQueue(entry.subscription);
        return;
      }
      case "subscription-deleted":
        return this.queues.delete(entry.name);
      case "publish":
        for (const name of entry.to) this.queues.get(name)?.restore(entry.message, entry.attempt);
        return;
      case "attempt":
        return this.queues.get(entry.subscription)?.restoreAttempt(entry.id, entry.attempt);
      case "ack":
        return this.queues.get(entry.subscription)?.restoreAcknowledged(entry.id);
    }
  }

  #snapshot(): JournalEntry[] {
    const topics = [...this.topics.values()].map((topic): JournalEntry => ({ op: "topic", topic }));
    const queues = [...this.queues.values()];
    const subscriptions = queues.map(
      ({ resource }): JournalEntry => ({ op: "subscription", subscription: resource }),
    );
    const messages = queues.flatMap((queue) =>
      queue.outstanding().map(
        ({ message, attempt }): JournalEntry => ({
          op: "publish",
          message,
          to: [queue.resource.name],
          attempt,
        }),
      ),
    );
    return [...topics, ...subscriptions, ...messages];
  }
}

/** The endpoint or table of a subscription that nobody pulls. */
function nameDestination({ pushConfig, bigqueryConfig }: SubscriptionResource): string | undefined {
  return pushConfig?.pushEndpoint || bigqueryConfig?.table;
}

function createQueue(resource: SubscriptionResource, events: ConstructorParameters<typeof Queue>[1]): Queue {
  try {
    return new Queue(resource, events);
  } catch (error) {
    if (error instanceof FilterError) throw invalidArgument(error.message);
    throw error;
  }
}

/** Pub/Sub's limits, https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions */
function validatePolicies({ deadLetterPolicy, ackDeadlineSeconds }: SubscriptionResource) {
  const attempts = deadLetterPolicy?.maxDeliveryAttempts;
  if (attempts !== undefined && (attempts < 5 || attempts > 100)) {
    throw outOfRange("max_delivery_attempts must be between 5 and 100.");
  }
  if (ackDeadlineSeconds < 10 || ackDeadlineSeconds > 600)
    throw invalidArgument("ack_deadline_seconds must be between 10 and 600.");
}
