import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PubSub } from "@google-cloud/pubsub";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../lib/listen.ts";
import { type RunningPubSub, startPubSub } from "./start.ts";

let dataDir: string;
let running: RunningPubSub | undefined;
const clients: PubSub[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "pubsub-"));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await running?.stop();
  rmSync(dataDir, { recursive: true });
});

async function start(port = 0): Promise<{ pubsub: PubSub; port: number }> {
  running = await startPubSub({ port, dataDir });
  const pubsub = new PubSub({ projectId: "local", apiEndpoint: running.host, emulatorMode: true });
  clients.push(pubsub);
  return { pubsub, port: Number(running.host.split(":")[1]) };
}

async function endpoint(status: () => number): Promise<{ url: string; bodies: string[]; stop(): void }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    bodies.push(text);
    response.writeHead(status()).end();
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return { url, bodies, stop: () => server.close() };
}

describe("a restart", () => {
  it("delivers the unacknowledged messages only", async () => {
    let status = 204;
    const push = await endpoint(() => status);
    const { pubsub, port } = await start();
    const [topic] = await pubsub.createTopic("t");
    await topic.createSubscription("s", {
      pushConfig: { pushEndpoint: push.url },
      retryPolicy: { minimumBackoff: { seconds: 600 } },
    });
    await topic.publishMessage({ data: Buffer.from("acknowledged") });
    await expect.poll(() => running?.idle()).toBe(true);
    status = 500;
    await topic.publishMessage({ data: Buffer.from("waiting") });
    await expect.poll(() => running?.outstanding()[0]?.lastError).toMatch(/^500/);
    expect(running?.idle()).toBe(false);

    await running?.stop();
    status = 204;
    push.bodies.length = 0;
    await start(port);
    await expect.poll(() => running?.idle()).toBe(true);
    expect(
      push.bodies.map((body) => Buffer.from(JSON.parse(body).message.data, "base64").toString()),
    ).toEqual(["waiting"]);
    push.stop();
  });

  it("continues the count of a message's attempts", async () => {
    const push = await endpoint(() => 500);
    const { pubsub, port } = await start();
    const [topic] = await pubsub.createTopic("t");
    const [dead] = await pubsub.createTopic("dead");
    await dead.createSubscription("letters");
    await topic.createSubscription("s", {
      pushConfig: { pushEndpoint: push.url },
      retryPolicy: { minimumBackoff: { nanos: 1e6 }, maximumBackoff: { nanos: 50e6 } },
      deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: 10 },
    });
    await topic.publishMessage({ data: Buffer.from("poison") });
    await expect.poll(() => push.bodies.length).toBeGreaterThanOrEqual(3);
    await running?.stop();
    await start(port);
    await expect
      .poll(() => running?.outstanding().map(({ subscription }) => subscription), { timeout: 5000 })
      .toEqual(["projects/local/subscriptions/letters"]);
    expect(Math.max(...push.bodies.map((body) => JSON.parse(body).deliveryAttempt))).toBe(10);
    // One more at most: a delivery in flight during the stop did not count as failed.
    expect(push.bodies.length).toBeLessThanOrEqual(11);
    push.stop();
  });

  it("ignores an incomplete last line, and refuses a journal that is damaged elsewhere", async () => {
    const { pubsub, port } = await start();
    await pubsub.createTopic("t");
    await running?.stop();
    const journal = join(dataDir, "journal.jsonl");
    appendFileSync(journal, '{"op":"topic","topic":{"na');
    const again = await start(port);
    const [topics] = await again.pubsub.getTopics();
    expect(topics.map(({ name }) => name)).toEqual(["projects/local/topics/t"]);
    await running?.stop();
    running = undefined;
    appendFileSync(journal, '{"op":\n{"op":"topic-deleted","name":"x"}\n');
    expect(readFileSync(journal, "utf8")).toContain("x");
    await expect(startPubSub({ dataDir })).rejects.toThrow(/damaged.*--fresh/);
  });
});

describe("an outage", () => {
  it("fails a publish, and the next publish after it succeeds", async () => {
    const { pubsub, port } = await start();
    const [topic] = await pubsub.createTopic("t");
    await running?.stop();
    const impatient = pubsub.topic("t", { gaxOpts: { timeout: 300, retry: null } });
    await expect(impatient.publishMessage({ data: Buffer.from("lost") })).rejects.toMatchObject({
      code: expect.any(Number),
    });
    await start(port);
    await expect
      .poll(() => topic.publishMessage({ data: Buffer.from("kept") }).catch(() => null), { timeout: 10_000 })
      .not.toBeNull();
  });
});
