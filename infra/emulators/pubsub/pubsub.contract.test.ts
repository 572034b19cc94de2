import { createServer, type Server } from "node:http";
import { type ClientConfig, type Message, PubSub, type Topic } from "@google-cloud/pubsub";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findGoogleEmulator, startGoogleEmulator } from "../../../test/support/google-emulator.ts";
import { listen } from "../lib/listen.ts";
import { startPubSub } from "./start.ts";

const found = findGoogleEmulator();
if ("missing" in found)
  console.warn(`The contract tests do not run against Google's emulator: ${found.missing}`);

console.warn("The filter tests do not run against Google's emulator: it ignores filters");

const implementations = [
  { name: "this Pub/Sub emulator", start: () => startPubSub(), missing: false, strict: true },
  {
    name: "Google's emulator",
    start: () =>
      "program" in found ? startGoogleEmulator(found.program) : Promise.reject(new Error(found.missing)),
    missing: "missing" in found,
    // Unlike the service, it accepts any text as a filter, ignores filters, and sends no deliveryAttempt.
    strict: false,
  },
];

interface Push {
  at: number;
  path: string;
  body: {
    subscription: string;
    deliveryAttempt?: number;
    message: { data: string; attributes: Record<string, string>; messageId: string };
  };
}

/** A push endpoint whose response status the test sets. */
class Endpoint {
  readonly pushes: Push[] = [];
  status: number | ((push: Push) => number) = 204;
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => {
        const push = { at: Date.now(), path: request.url ?? "", body: JSON.parse(text) };
        this.pushes.push(push);
        response.writeHead(typeof this.status === "number" ? this.status : this.status(push)).end();
      });
    });
    return `http://127.0.0.1:${await listen(this.#server)}`;
  }

  stop() {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

async function waitFor(check: () => void) {
  await expect
    .poll(
      async () => {
        check();
        return true;
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(true);
}

const fastRetry = { minimumBackoff: { nanos: 100_000_000 }, maximumBackoff: { nanos: 400_000_000 } };

describe.each(implementations)("$name", ({ start, missing, strict }) => {
  let service: { host: string; stop(): Promise<void> };
  let pubsub: PubSub;
  let endpoint: Endpoint;
  let url: string;
  let count = 0;

  const options = (): ClientConfig => ({ projectId: "local", apiEndpoint: service.host, emulatorMode: true });

  beforeAll(async () => {
    if (missing) return;
    service = await start();
    pubsub = new PubSub(options());
  });
  afterAll(async () => {
    await pubsub?.close();
    await service?.stop();
  });

  async function setUp(): Promise<Topic> {
    endpoint = new Endpoint();
    url = await endpoint.start();
    const [topic] = await pubsub.createTopic(`topic-${++count}`);
    return topic;
  }
  afterEach(() => endpoint?.stop());

  it.skipIf(missing)("pushes data and attributes to the endpoint's path", async () => {
    const topic = await setUp();
    const [subscription] = await topic.createSubscription(`s-${count}`, {
      pushConfig: { pushEndpoint: `${url}/metrics/projects/local/topics/t` },
    });
    const messageId = await topic.publishMessage({
      data: Buffer.from("{}"),
      attributes: { "ce-type": "a.b" },
    });
    await waitFor(() => expect(endpoint.pushes).toHaveLength(1));
    expect(endpoint.pushes[0]).toMatchObject({
      path: "/metrics/projects/local/topics/t",
      body: {
        subscription: subscription.name,
        message: { data: "e30=", attributes: { "ce-type": "a.b" }, messageId },
      },
    });
  });

  it.skipIf(missing)("pushes each message once to every subscription of a topic", async () => {
    const topic = await setUp();
    for (const name of ["a", "b"])
      await topic.createSubscription(`s-${count}-${name}`, {
        pushConfig: { pushEndpoint: `${url}/${name}` },
      });
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => topic.publishMessage({ data: Buffer.from(String(n)) })),
    );
    await waitFor(() => expect(endpoint.pushes).toHaveLength(40));
    for (const path of ["/a", "/b"]) {
      expect(
        new Set(
          endpoint.pushes.filter((push) => push.path === path).map(({ body }) => body.message.messageId),
        ).size,
      ).toBe(20);
    }
  });

  it.skipIf(missing || !strict)("does not push a message that the filter excludes", async () => {
    const topic = await setUp();
    const filter = 'attributes.ce-type = "freight.deploy.finished" AND NOT attributes:skip';
    await topic.createSubscription(`s-${count}`, { filter, pushConfig: { pushEndpoint: url } });
    await topic.publishMessage({
      data: Buffer.from("1"),
      attributes: { "ce-type": "freight.deploy.started" },
    });
    await topic.publishMessage({
      data: Buffer.from("2"),
      attributes: { "ce-type": "freight.deploy.finished", skip: "" },
    });
    await topic.publishMessage({
      data: Buffer.from("3"),
      attributes: { "ce-type": "freight.deploy.finished" },
    });
    await waitFor(() => expect(endpoint.pushes.length).toBeGreaterThan(0));
    expect(endpoint.pushes.map(({ body }) => Buffer.from(body.message.data, "base64").toString())).toEqual([
      "3",
    ]);
  });

  it.skipIf(missing)("retries a push with backoff until it is acknowledged", async () => {
    const topic = await setUp();
    endpoint.status = () => (endpoint.pushes.length < 4 ? 500 : 204);
    await topic.createSubscription(`s-${count}`, {
      retryPolicy: fastRetry,
      pushConfig: { pushEndpoint: url },
    });
    await topic.publishMessage({ data: Buffer.from("x") });
    await waitFor(() => expect(endpoint.pushes).toHaveLength(4));
    const [first = 0, second = 0] = endpoint.pushes.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(95);
    expect(new Set(endpoint.pushes.map(({ body }) => body.message.messageId)).size).toBe(1);
  });

  it.skipIf(missing)("moves a message to the dead-letter topic after five failed deliveries", async () => {
    const topic = await setUp();
    endpoint.status = 500;
    const [dead] = await pubsub.createTopic(`dead-${count}`);
    const [letters] = await dead.createSubscription(`letters-${count}`);
    await topic.createSubscription(`s-${count}`, {
      retryPolicy: fastRetry,
      pushConfig: { pushEndpoint: url },
      deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: 5 },
    });
    await topic.publishMessage({ data: Buffer.from("poison"), attributes: { "ce-id": "1" } });
    const letter = await new Promise<Message>((resolve) => letters.once("message", resolve));
    letter.ack();
    expect(letter.data.toString()).toBe("poison");
    expect(letter.attributes).toMatchObject({
      "ce-id": "1",
      CloudPubSubDeadLetterSourceSubscription: `s-${count}`,
      CloudPubSubDeadLetterSourceSubscriptionProject: "local",
      CloudPubSubDeadLetterSourceDeliveryCount: "5",
    });
    await letters.close();
    expect(endpoint.pushes).toHaveLength(5);
    if (strict) expect(endpoint.pushes.map(({ body }) => body.deliveryAttempt)).toEqual([1, 2, 3, 4, 5]);
  });

  it.skipIf(missing)("streams to a pull subscriber, and redelivers a message after its nack", async () => {
    const topic = await setUp();
    const [subscription] = await topic.createSubscription(`s-${count}`, { ackDeadlineSeconds: 10 });
    const received: string[] = [];
    subscription.on("message", (message: Message) => {
      received.push(message.data.toString());
      if (received.length === 1) message.nack();
      else message.ack();
    });
    await topic.publishMessage({ data: Buffer.from("hello") });
    await waitFor(() => expect(received).toEqual(["hello", "hello"]));
    await subscription.close();
  });

  it.skipIf(missing)(
    "delivers the messages of an ordering key in order if the subscription enables it",
    async () => {
      const topic = await setUp();
      const [subscription] = await topic.createSubscription(`s-${count}`, { enableMessageOrdering: true });
      const ordered = pubsub.topic(topic.name, { messageOrdering: true });
      const texts = Array.from({ length: 10 }, (_, n) => String(n));
      await Promise.all(
        texts.map((text) =>
          ordered.publishMessage({ data: Buffer.from(text), orderingKey: "getsentry/sentry#1" }),
        ),
      );
      const received: string[] = [];
      subscription.on("message", (message: Message) => {
        received.push(message.data.toString());
        message.ack();
      });
      await waitFor(() => expect(received).toHaveLength(10));
      expect(received).toEqual(texts);
      await subscription.close();
    },
  );

  it.skipIf(missing)("accepts a message of 9 MB", async () => {
    const topic = await setUp();
    await topic.createSubscription(`s-${count}`, { pushConfig: { pushEndpoint: url } });
    await topic.publishMessage({ data: Buffer.alloc(9_000_000, "x") });
    await waitFor(() => expect(endpoint.pushes).toHaveLength(1));
    expect(endpoint.pushes[0]?.body.message.data).toHaveLength(12_000_000);
  });

  it.skipIf(missing)("refuses invalid requests with the service's codes", async () => {
    const topic = await setUp();
    await expect(pubsub.createTopic(`topic-${count}`)).rejects.toMatchObject({ code: 6 });
    await expect(pubsub.topic("missing").publishMessage({ data: Buffer.from("x") })).rejects.toMatchObject({
      code: 5,
    });
    await expect(pubsub.topic("missing").createSubscription("orphan")).rejects.toMatchObject({ code: 5 });
    await topic.createSubscription(`s-${count}`);
    await expect(topic.createSubscription(`s-${count}`)).rejects.toMatchObject({ code: 6 });
    const deadLetterPolicy = { deadLetterTopic: topic.name, maxDeliveryAttempts: 4 };
    await expect(topic.createSubscription(`few-${count}`, { deadLetterPolicy })).rejects.toMatchObject({
      code: 11,
    });
    if (strict)
      await expect(
        topic.createSubscription(`bad-${count}`, { filter: "attributes.a = 1" }),
      ).rejects.toMatchObject({ code: 3 });
  });

  it.skipIf(missing)("moves a subscription to another endpoint", async () => {
    const topic = await setUp();
    const [subscription] = await topic.createSubscription(`s-${count}`, {
      pushConfig: { pushEndpoint: `${url}/old` },
    });
    await subscription.modifyPushConfig({ pushEndpoint: `${url}/new` });
    await topic.publishMessage({ data: Buffer.from("x") });
    await waitFor(() => expect(endpoint.pushes.map(({ path }) => path)).toEqual(["/new"]));
  });
});
