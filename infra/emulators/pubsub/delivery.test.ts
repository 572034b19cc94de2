import { createServer, type RequestListener, type Server } from "node:http";
import { type Message, PubSub } from "@google-cloud/pubsub";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listen } from "../lib/listen.ts";
import { Queue } from "./queue.ts";
import { type RunningPubSub, startPubSub } from "./start.ts";

const fastRetry = { minimumBackoff: { nanos: 10_000_000 }, maximumBackoff: { nanos: 10_000_000 } };
let running: RunningPubSub;
let pubsub: PubSub;
let server: Server | undefined;

beforeEach(async () => {
  running = await startPubSub();
  pubsub = new PubSub({ projectId: "local", apiEndpoint: running.host, emulatorMode: true });
});
afterEach(async () => {
  await pubsub.close();
  await running.stop();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function endpoint(handle: RequestListener): Promise<string> {
  server = createServer(handle);
  return `http://127.0.0.1:${await listen(server)}`;
}

describe("a push in flight", () => {
  it("completes although its subscription gets the same push endpoint again", async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let respond = () => {};
    let aborted = false;
    const pushEndpoint = await endpoint((request, response) => {
      request.resume();
      response.once("close", () => {
        aborted ||= !response.writableFinished;
      });
      respond = () => response.writeHead(204).end();
      arrive();
    });
    const [topic] = await pubsub.createTopic("topic");
    const [subscription] = await topic.createSubscription("subscription", { pushConfig: { pushEndpoint } });
    await topic.publishMessage({ data: Buffer.from("held") });
    await arrived;
    await subscription.modifyPushConfig({ pushEndpoint });
    respond();
    await expect.poll(() => running.outstanding(), { timeout: 5000 }).toEqual([]);
    expect(aborted).toBe(false);
  });
});

describe("a message after its last attempt", () => {
  it("is delivered again while the dead-letter topic is missing", async () => {
    let pushes = 0;
    const pushEndpoint = await endpoint((_, response) => {
      pushes++;
      response.writeHead(500).end();
    });
    const [dead] = await pubsub.createTopic("dead-topic");
    const [topic] = await pubsub.createTopic("topic");
    await topic.createSubscription("subscription", {
      retryPolicy: fastRetry,
      pushConfig: { pushEndpoint },
      deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: 5 },
    });
    await dead.delete();
    await topic.publishMessage({ data: Buffer.from("kept") });
    await expect.poll(() => pushes, { timeout: 5000 }).toBeGreaterThan(6);
    expect(running.outstanding()).toHaveLength(1);
  });

  it("reaches the dead-letter topic with more attributes than a publisher may send", async () => {
    const pushEndpoint = await endpoint((_, response) => response.writeHead(500).end());
    const [dead] = await pubsub.createTopic("dead-topic");
    await dead.createSubscription("letters");
    const [topic] = await pubsub.createTopic("topic");
    await topic.createSubscription("subscription", {
      retryPolicy: fastRetry,
      pushConfig: { pushEndpoint },
      deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: 5 },
    });
    const attributes = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`key-${n}`, "v"]));
    await topic.publishMessage({ data: Buffer.from("x"), attributes });
    await expect
      .poll(() => running.outstanding().map(({ subscription }) => subscription), { timeout: 5000 })
      .toEqual(["projects/local/subscriptions/letters"]);
  });
});

describe("a streaming subscriber", () => {
  it("receives the next message after a nack, with flow control of one message", async () => {
    const [topic] = await pubsub.createTopic("topic");
    await topic.createSubscription("subscription");
    const received: string[] = [];
    const subscription = pubsub.subscription("subscription", { flowControl: { maxMessages: 1 } });
    subscription.on("message", (message: Message) => {
      received.push(message.data.toString());
      if (received.length === 1) message.nack();
      else message.ack();
    });
    for (const text of ["a", "b"]) await topic.publishMessage({ data: Buffer.from(text) });
    await expect.poll(() => running.outstanding(), { timeout: 5000 }).toHaveLength(0);
    expect(received.toSorted()).toEqual(["a", "a", "b"]);
    await subscription.close();
  });

  it("receives a backlog that is larger than one response may be", async () => {
    const [topic] = await pubsub.createTopic("topic");
    const [subscription] = await topic.createSubscription("subscription");
    for (let n = 0; n < 3; n++) await topic.publishMessage({ data: Buffer.alloc(9_000_000, "x") });
    const sizes: number[] = [];
    subscription.on("message", (message: Message) => {
      sizes.push(message.data.length);
      message.ack();
    });
    await expect.poll(() => sizes, { timeout: 10_000 }).toEqual([9_000_000, 9_000_000, 9_000_000]);
    await subscription.close();
  });
});

describe("a push", () => {
  it("is not acknowledged by the target of a redirect", async () => {
    const paths: (string | undefined)[] = [];
    const url = await endpoint((request, response) => {
      paths.push(request.url);
      if (request.url === "/moved") response.writeHead(302, { location: "/target" }).end();
      else response.writeHead(200).end();
    });
    const [topic] = await pubsub.createTopic("topic");
    const slow = { minimumBackoff: { seconds: 600 } };
    await topic.createSubscription("subscription", {
      retryPolicy: slow,
      pushConfig: { pushEndpoint: `${url}/moved` },
    });
    await topic.publishMessage({ data: Buffer.from("x") });
    await expect.poll(() => running.outstanding()[0]?.lastError).toMatch(/^302/);
    expect(paths).toEqual(["/moved"]);
  });
});

describe("a topic that is created again under its old name", () => {
  it("does not publish to the subscriptions of the deleted one", async () => {
    const [first] = await pubsub.createTopic("again");
    await first.createSubscription("orphan");
    await first.delete();
    const [second] = await pubsub.createTopic("again");
    await second.publishMessage({ data: Buffer.from("x") });
    expect(running.outstanding()).toEqual([]);
  });
});

describe("a queue", () => {
  const resource = {
    name: "projects/local/subscriptions/subscription",
    topic: "projects/local/topics/topic",
    pushConfig: null,
    ackDeadlineSeconds: 0.05,
    filter: "",
    enableMessageOrdering: false,
    retryPolicy: null,
    deadLetterPolicy: null,
  };
  const message = (id: string) => ({
    id,
    data: "eA==",
    attributes: {},
    orderingKey: "",
    publishTime: 0,
  });
  const silent = { acknowledged() {}, failed() {}, exhausted: () => false };

  it("counts a delivery as failed once when its request fails after its deadline", () => {
    const queue = new Queue({ ...resource, ackDeadlineSeconds: 10 }, silent);
    queue.add(message("1"));
    queue.attach({ capacity: () => (queue.holds("1", 1) || queue.holds("1", 2) ? 0 : 1), deliver() {} });
    queue.fail("1", "deadline", 1);
    expect(queue.holds("1", 2)).toBe(true);
    queue.fail("1", "the request of the first delivery was aborted late", 1);
    expect(queue.holds("1", 2)).toBe(true);
    queue.close();
  });

  it.each([0, 1, 2, 3, 4])(
    "retries if its timer fires %i ms early and each read of the clock takes a millisecond",
    (early) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      let clock = 1_000_000;
      const now = vi.spyOn(Date, "now").mockImplementation(() => clock++);
      try {
        const retryPolicy = {
          minimumBackoff: { seconds: 0, nanos: 50_000_000 },
          maximumBackoff: { seconds: 0, nanos: 50_000_000 },
        };
        const queue = new Queue({ ...resource, ackDeadlineSeconds: 600, retryPolicy }, silent);
        const attempts: number[] = [];
        queue.attach({
          capacity: () => 1,
          deliver: ([outstanding]) => void attempts.push(outstanding?.attempt ?? 0),
        });
        queue.add(message("1"));
        queue.fail("1", "refused", 1);
        clock = (queue.outstanding()[0]?.notBefore ?? 0) - early;
        vi.runOnlyPendingTimers();
        clock += 10;
        vi.runOnlyPendingTimers();
        expect(attempts).toEqual([1, 2]);
        queue.close();
      } finally {
        now.mockRestore();
        vi.useRealTimers();
      }
    },
  );

  it("expires thousands of messages at once", async () => {
    let failures = 0;
    const queue = new Queue(resource, { ...silent, failed: () => void failures++ });
    for (let n = 0; n < 5000; n++) queue.restore(message(String(n)));
    let capacity = 5000;
    queue.attach({
      capacity: () => capacity,
      deliver: () => {
        capacity = 0;
      },
    });
    await expect.poll(() => failures, { timeout: 5000 }).toBe(5000);
    queue.close();
  });
});
