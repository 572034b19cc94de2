import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { DeadlineError } from "../with-deadline.ts";
import { BatchPublisher } from "./batch-publisher.ts";
import type { Message } from "./message.ts";

let requests: { ids: string[]; confirm: () => void; refuse: (error: Error) => void }[];
let isAutomatic: boolean;
beforeEach(() => {
  requests = [];
  isAutomatic = true;
});

function publisher(deadlineMs = 1000): BatchPublisher {
  return new BatchPublisher(
    (messages) =>
      new Promise((confirm, refuse) => {
        requests.push({ ids: messages.map(({ attributes }) => attributes.id ?? ""), confirm, refuse });
        if (isAutomatic) confirm();
      }),
    deadlineMs,
    (cause) => new Error("Not stored", { cause }),
  );
}

function message(id: string, bytes = 1): Message {
  return { data: Buffer.alloc(bytes), attributes: { id } };
}

const sent = () => requests.map(({ ids }) => ids);

describe("messages of one turn of the event loop", () => {
  it("share a request", async () => {
    const publishing = publisher();
    await Promise.all(["a", "b", "c"].map((id) => publishing.publish(message(id))));
    expect(sent()).toEqual([["a", "b", "c"]]);
  });

  it("are split at 100 messages", async () => {
    const publishing = publisher();
    await Promise.all(Array.from({ length: 250 }, (_, i) => publishing.publish(message(String(i)))));
    expect(sent().map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it("are split where they would exceed the size of a request", async () => {
    const publishing = publisher();
    const sizes = [9_000_000, 1_000_000, 100];
    await Promise.all(sizes.map((bytes) => publishing.publish(message(String(bytes), bytes))));
    expect(sent()).toEqual([["9000000"], ["1000000", "100"]]);
  });
});

it("messages that arrive while a request is in flight wait for each other", async () => {
  isAutomatic = false;
  const publishing = publisher();
  const all = [publishing.publish(message("first"))];
  await expect.poll(sent).toEqual([["first"]]);
  all.push(publishing.publish(message("second")));
  await sleep(2);
  all.push(publishing.publish(message("third")));
  expect(sent()).toEqual([["first"]]);
  await expect.poll(sent).toEqual([["first"], ["second", "third"]]);
  for (const { confirm } of requests) confirm();
  await Promise.all(all);
});

it("a message that Pub/Sub refuses does not fail the message beside it", async () => {
  isAutomatic = false;
  const publishing = publisher();
  const settled = Promise.allSettled([
    publishing.publish(message("good")),
    publishing.publish(message("bad")),
  ]);
  await expect.poll(sent).toEqual([["good", "bad"]]);
  requests[0]?.refuse(Object.assign(new Error("refused"), { code: 3 }));
  await expect.poll(sent).toEqual([["good", "bad"], ["good"], ["bad"]]);
  requests[1]?.confirm();
  requests[2]?.refuse(Object.assign(new Error("refused"), { code: 3 }));
  expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
});

it("an outage fails each message of the request, once", async () => {
  isAutomatic = false;
  const publishing = publisher();
  const settled = Promise.allSettled(["a", "b"].map((id) => publishing.publish(message(id))));
  await expect.poll(sent).toEqual([["a", "b"]]);
  requests[0]?.refuse(Object.assign(new Error("unavailable"), { code: 14 }));
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(requests).toHaveLength(1);
});

it("a request without a response fails at its deadline, and the next one passes", async () => {
  isAutomatic = false;
  const publishing = publisher(20);
  await expect(publishing.publish(message("lost"))).rejects.toMatchObject({
    cause: expect.any(DeadlineError),
  });
  isAutomatic = true;
  await publishing.publish(message("next"));
});
