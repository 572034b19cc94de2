import { PubSub } from "@google-cloud/pubsub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPubSub } from "../emulators/pubsub/start.ts";
import { replayDeadLetters } from "./replay.ts";

let server: Awaited<ReturnType<typeof startPubSub>>;
let pubsub: PubSub;
beforeAll(async () => {
  server = await startPubSub();
  pubsub = new PubSub({ projectId: "local", apiEndpoint: server.host, emulatorMode: true });
  for (const topic of ["dead-letter", "freight-events"]) {
    await pubsub.createTopic(topic);
    await pubsub.createSubscription(topic, topic === "dead-letter" ? topic : "watched");
  }
});
afterAll(async () => {
  await pubsub.close();
  await server.stop();
});

it("replaying a dead letter publishes it unchanged to its source's topic and removes it from the dead letters", async () => {
  const attributes = {
    "ce-id": "id-1",
    "ce-source": "freight",
    "ce-type": "freight.deploy.finished",
    "ce-subject": "a/b/1",
  };
  const added = {
    CloudPubSubDeadLetterSourceSubscription: "metrics-freight-events",
    CloudPubSubDeadLetterSourceDeliveryCount: "10",
  };
  await pubsub
    .topic("dead-letter")
    .publishMessage({ data: Buffer.from("{}"), attributes: { ...attributes, ...added } });

  expect(await replayDeadLetters(pubsub, { dryRun: false })).toEqual([
    {
      event: "id-1",
      type: "freight.deploy.finished",
      subscription: "metrics-freight-events",
      attempts: "10",
    },
  ]);
  const received = await new Promise<Record<string, string>>((resolve) => {
    const subscription = pubsub.subscription("watched");
    subscription.once("message", (message) => {
      message.ack();
      resolve(message.attributes);
      void subscription.close();
    });
  });
  expect(received).toEqual(attributes);
  expect(await replayDeadLetters(pubsub, { dryRun: true })).toEqual([]);
});
