import { status } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { Broker } from "./broker.ts";

const topic = { name: "projects/local/topics/topic" };
const subscription = {
  name: "projects/local/subscriptions/subscription",
  topic: topic.name,
  pushConfig: null,
  ackDeadlineSeconds: 10,
  filter: "attributes:a",
  enableMessageOrdering: false,
  retryPolicy: null,
  deadLetterPolicy: null,
};

function brokerWithTopic(): Broker {
  const broker = new Broker();
  broker.createTopic(topic);
  return broker;
}

describe("a subscription", () => {
  it.each([
    [{ ackDeadlineSeconds: 9 }, status.INVALID_ARGUMENT],
    [{ ackDeadlineSeconds: 601 }, status.INVALID_ARGUMENT],
    [{ deadLetterPolicy: { deadLetterTopic: topic.name, maxDeliveryAttempts: 4 } }, status.OUT_OF_RANGE],
    [{ deadLetterPolicy: { deadLetterTopic: topic.name, maxDeliveryAttempts: 101 } }, status.OUT_OF_RANGE],
    [{ filter: "attributes.a = 1" }, status.INVALID_ARGUMENT],
    [{ topic: "projects/local/topics/missing" }, status.NOT_FOUND],
  ])("with %j is refused with code %i", (changes, code) => {
    const broker = brokerWithTopic();
    expect(() => broker.createSubscription({ ...subscription, ...changes })).toThrow(
      expect.objectContaining({ code }),
    );
    expect(broker.queues.size).toBe(0);
  });

  it("keeps its filter", () => {
    const broker = brokerWithTopic();
    broker.createSubscription(subscription);
    expect(() => broker.updateSubscription({ ...subscription, filter: "" })).toThrow(
      expect.objectContaining({ code: status.INVALID_ARGUMENT }),
    );
    expect(broker.updateSubscription({ ...subscription, ackDeadlineSeconds: 600 })).toMatchObject({
      ackDeadlineSeconds: 600,
    });
  });
});
