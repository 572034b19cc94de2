import { type Message, PubSub, v1 } from "@google-cloud/pubsub";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  causeKey,
  type DeadLetter,
  describeDeadLetters,
  groupDeadLetters,
  readDeadLetter,
} from "../../shared/dead-letters/dead-letter.ts";
import { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import { MissingSubscriptionError, processDeadLetters } from "../../shared/dead-letters/replay.ts";
import { type RunningPubSub, startPubSub } from "../emulators/pubsub/start.ts";
import { countUndelivered } from "./causes.ts";

const subscribers = ["deploy-progress", "deploys", "metrics"];
let server: RunningPubSub;
let pubsub: PubSub;
beforeEach(async () => {
  server = await startPubSub();
  pubsub = new PubSub({ projectId: "local", apiEndpoint: server.host, emulatorMode: true });
  for (const topic of ["dead-letter", "replay", "freight-events"]) await pubsub.createTopic(topic);
  await pubsub.createSubscription("dead-letter", "dead-letter");
  await pubsub.createSubscription("freight-events", "metrics-freight-events");
  for (const name of subscribers) await subscribeToReplay(name);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await pubsub.close();
  await server.stop();
});

function subscribeToReplay(name: string) {
  const filter = `attributes.ce-replayfor = "${name}"`;
  return pubsub.createSubscription("replay", `${name}-replay-0a1b2c3d`, { filter });
}

const original = {
  "ce-id": "id-1",
  "ce-source": "freight",
  "ce-type": "freight.deploy.finished",
  "ce-subject": "a/b/1",
};

function deadLetter(subscription: string, changes: Partial<typeof original> = {}) {
  return {
    ...original,
    ...changes,
    CloudPubSubDeadLetterSourceSubscription: subscription,
    CloudPubSubDeadLetterSourceDeliveryCount: "10",
  };
}

async function giveUp(...letters: Record<string, string>[]) {
  for (const attributes of letters)
    await pubsub.topic("dead-letter").publishMessage({ data: Buffer.from("{}"), attributes });
}

/** With one empty pull instead of three: the emulator returns what there is. */
function run(options: Partial<Parameters<typeof processDeadLetters>[1]> = {}) {
  return processDeadLetters(pubsub, { subscribers, replay: false, emptyPulls: 1, ...options });
}

const events = (letters: { event: string }[]) => letters.map(({ event }) => event).sort();

/** Unacknowledged messages: event ids by subscription. */
function waiting(): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const { subscription, message } of server.outstanding()) {
    const name = subscription.split("/").at(-1) ?? "";
    groups[name] = [...(groups[name] ?? []), message.attributes["ce-id"] ?? ""];
  }
  return groups;
}

describe("a replay", () => {
  it("right after a list delivers what was listed, unchanged, to the subscriber that gave up only", async () => {
    await giveUp(deadLetter("metrics-freight-events"));
    const listed = [
      {
        event: "id-1",
        type: "freight.deploy.finished",
        subscription: "metrics-freight-events",
        subscriber: "metrics",
        attempts: "10",
        time: null,
        messages: 1,
      },
    ];
    expect(await run()).toEqual(listed);
    expect(await run()).toEqual(listed);
    expect(await run({ replay: true })).toEqual(listed);
    expect(waiting()).toEqual({ "metrics-replay-0a1b2c3d": ["id-1"] });
    const received = await new Promise<Message>((resolve) => {
      pubsub.subscription("metrics-replay-0a1b2c3d").once("message", resolve);
    });
    expect(received.attributes).toEqual({ ...original, "ce-replayfor": "metrics" });
    expect(received.data.toString()).toBe("{}");
    expect(await run()).toEqual([]);
  });

  it("delivers the selected ones only, and the others can be replayed next", async () => {
    await giveUp(
      deadLetter("metrics-freight-events", { "ce-id": "1" }),
      deadLetter("deploys-freight-events-89abcdef", { "ce-id": "2" }),
      deadLetter("deploys-freight-events-89abcdef", { "ce-id": "3", "ce-type": "freight.deploy.queued" }),
    );
    const selection = { subscriber: "deploys", type: "freight.deploy.queued" };
    expect(events(await run({ replay: true, selection }))).toEqual(["3"]);
    expect(events(await run())).toEqual(["1", "2"]);
    expect(events(await run({ replay: true }))).toEqual(["1", "2"]);
    expect(waiting()).toEqual({
      "metrics-replay-0a1b2c3d": ["1"],
      "deploys-replay-0a1b2c3d": ["3", "2"],
    });
  });

  it("lists an event that was published twice once, and delivers it once", async () => {
    const other = deadLetter("deploys-freight-events");
    // Given up twice: its two messages, or its replay while a message was left.
    const letters = [deadLetter("metrics-freight-events"), deadLetter("metrics-replay-0a1b2c3d"), other];
    await giveUp(...letters, deadLetter("metrics-freight-events", { "ce-id": "2" }));
    const summary = (found: DeadLetter[]) =>
      found.map(({ event, subscriber, messages }) => [event, subscriber, messages]).sort();
    const listed = [
      ["2", "metrics", 1],
      ["id-1", "deploys", 1],
      ["id-1", "metrics", 2],
    ];
    expect(summary(await run())).toEqual(listed);
    expect(summary(await run({ replay: true }))).toEqual(listed);
    const replayed = waiting();
    expect(replayed["metrics-replay-0a1b2c3d"]?.sort()).toEqual(["2", "id-1"]);
    expect(replayed["deploys-replay-0a1b2c3d"]).toEqual(["id-1"]);
    expect(replayed["dead-letter"]).toBeUndefined();
  });

  it("lists each message without an event's id", async () => {
    const { "ce-id": _, ...nameless } = deadLetter("metrics-freight-events");
    await giveUp(nameless, nameless);
    expect(await run()).toHaveLength(2);
  });

  it("leaves the dead letters of a function that does not exist", async () => {
    await giveUp(deadLetter("removed-freight-events"));
    expect(await run({ replay: true })).toMatchObject([{ event: "id-1", subscriber: null }]);
    expect(waiting()).toEqual({ "dead-letter": ["id-1"] });
  });

  it("stops before it acts if a subscriber has no subscription to replays", async () => {
    await giveUp(deadLetter("metrics-freight-events"));
    await pubsub.subscription("metrics-replay-0a1b2c3d").delete();
    await expect(run({ replay: true })).rejects.toThrow(MissingSubscriptionError);
    expect(events(await run())).toEqual(["id-1"]);
  });

  it("finds the dead letters although pulls before them are empty", async () => {
    await giveUp(deadLetter("metrics-freight-events"));
    vi.spyOn(v1.SubscriberClient.prototype, "pull")
      .mockImplementationOnce(async () => [{ receivedMessages: [] }, undefined, {}])
      .mockImplementationOnce(async () => {
        throw Object.assign(new Error("no message in time"), { code: 4 });
      });
    expect(events(await run({ replay: true, emptyPulls: 3 }))).toEqual(["id-1"]);
  });

  it("keeps what it could not publish", async () => {
    await giveUp(deadLetter("metrics-freight-events"));
    const topic = pubsub.topic("replay");
    vi.spyOn(topic, "publishMessage").mockRejectedValue(new Error("unavailable") as never);
    vi.spyOn(pubsub, "topic").mockReturnValueOnce(topic);
    await expect(run({ replay: true })).rejects.toThrow("unavailable");
    expect(events(await run())).toEqual(["id-1"]);
  });
});

describe("the queue", () => {
  const causes = new Map([
    ["1 metrics", "500 BigQuery rejected row 1:0: no such field"],
    ["2 metrics", "500 BigQuery rejected row 2:0: no such field"],
    ["3 metrics", "500 Slack did not respond"],
  ]);
  const connect = () => new PubSub({ projectId: "local", apiEndpoint: server.host, emulatorMode: true });
  const queue = () =>
    new DeadLetterQueue({ connect, subscribers, readCauses: async () => causes, emptyPulls: 1 });
  const sizes = (groups: { cause: string | null; letters: unknown[] }[]) =>
    groups.map(({ cause, letters }) => [cause, letters.length]);
  beforeEach(() =>
    giveUp(...["1", "2", "3"].map((id) => deadLetter("metrics-freight-events", { "ce-id": id }))),
  );

  it("replays one group; a dry run says the same and changes nothing", async () => {
    const group = ["500 BigQuery rejected row …:0: no such field", 2];
    expect(sizes(await queue().list())).toEqual([group, ["500 Slack did not respond", 1]]);
    const filter = { subscriber: "metrics", cause: "500 BigQuery rejected row …:0: no such field" };
    const dry = await queue().replay(filter, { dryRun: true });
    expect({ sizes: sizes(dry.groups), count: dry.count }).toEqual({ sizes: [group], count: 2 });
    expect(waiting()).toEqual({ "dead-letter": ["1", "2", "3"] });
    const real = await queue().replay(filter, { dryRun: false });
    expect(real.count).toBe(2);
    expect(waiting()["metrics-replay-0a1b2c3d"]?.sort()).toEqual(["1", "2"]);
    expect(sizes(await queue().list())).toEqual([["500 Slack did not respond", 1]]);
  });

  it("used twice at once replays each dead letter once, and a list beside it hides none", async () => {
    const one = queue();
    const [listed, first, second] = await Promise.all([
      one.list(),
      one.replay({}, { dryRun: false }),
      one.replay({}, { dryRun: false }),
    ]);
    expect(listed.flatMap(({ letters }) => letters)).toHaveLength(3);
    expect([first.count, second.count]).toEqual([3, 0]);
    expect(waiting()["metrics-replay-0a1b2c3d"]).toHaveLength(3);
  });
});

it.each([
  ["metrics-freight-events", "metrics"],
  ["deploy-progress-freight-events-0123abcd", "deploy-progress"],
  ["deploys-replay", "deploys"],
  ["deploys-replay-0123abcd", "deploys"],
  ["deploys-github-events", null],
  ["deploy-freight-events", null],
])("the dead letters of the subscription %s belong to %s", (subscription, subscriber) => {
  expect(readDeadLetter(deadLetter(subscription), subscribers).subscriber).toBe(subscriber);
});

it("the list groups by subscriber and cause, the largest group first", () => {
  const letters = ["1", "2", "3"].map((id) =>
    readDeadLetter(deadLetter("metrics-freight-events", { "ce-id": id }), subscribers),
  );
  const errors = { 1: "older", 2: "refused\nat x", 3: "refused\nat y" };
  const causes = new Map(
    Object.entries(errors).map(([event, error]) => [causeKey({ event, subscriber: "metrics" }), error]),
  );
  const line = (id: string) => `  freight.deploy.finished              ${id}  10 attempts`;
  expect(describeDeadLetters(groupDeadLetters(letters, causes))).toEqual([
    "2 × metrics: refused",
    line("2"),
    line("3"),
    "1 × metrics: older",
    line("1"),
  ]);
});

it.each([
  [{}, null],
  [{ timeSeries: [{ points: [{ value: { int64Value: "3" } }, { value: { int64Value: "9" } }] }] }, 3],
])("Cloud Monitoring's response %j counts %s dead letters", async (body, count) => {
  const where = { project: "p", subscription: "dead-letter", now: new Date("2026-11-02T17:10:00Z") };
  const urls: string[] = [];
  const counted = await countUndelivered(where, async (url) => {
    urls.push(decodeURIComponent(url));
    return body;
  });
  expect(counted).toBe(count);
  expect(urls[0]).toContain("interval.startTime=2026-11-02T17:00:00.000Z");
});
