import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DeliveryLog } from "./delivery-log.ts";
import type { NewDelivery, PushRecord } from "./log-entries.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "delivery-log-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const delivery = (body: string, eventId: string | null = "one"): NewDelivery => ({
  at: "2026-11-24T08:00:00.000Z",
  durationMs: 12,
  source: "github",
  method: "POST",
  headers: {},
  body: Buffer.from(body),
  status: 202,
  eventId,
  response: "",
  log: [],
});
const push = (subscription: string): Omit<PushRecord, "kind"> => ({
  at: "2026-11-24T08:00:01.000Z",
  durationMs: 5,
  subscription,
  function: "metrics",
  messageId: "7",
  eventId: "one",
  attributes: { "ce-type": "github.push" },
  attempt: 1,
  outcome: "acknowledged",
  log: [],
});

it.each([
  ["in memory", false],
  ["on disk", true],
])("a log %s has bodies, events, and who caused them", (_, onDisk) => {
  const log = new DeliveryLog(onDisk ? dir : undefined);
  for (const body of ["", "first", "ünïcode"]) log.addDelivery(delivery(body));
  log.addEvent("one", { actor: { name: "mira" }, repository: { fullName: "getsentry/sentry" } });
  log.addEvent("one", { actor: { name: "ignored" } });
  expect(log.deliveries().map((each) => log.readBody(each).toString())).toEqual(["ünïcode", "first", ""]);
  expect(log.readBody(log.delivery(2) ?? expect.fail(), 3).toString()).toBe("fir");
  expect(log.delivery(4)).toBeUndefined();
  expect(log.event("one")).toEqual({ actor: { name: "mira" }, repository: { fullName: "getsentry/sentry" } });
  expect(log.names("one")).toEqual({
    actor: "mira",
    repository: "getsentry/sentry",
    description: null,
  });
  expect(log.names(null)).toEqual({ actor: null, repository: null, description: null });
});

it("the next start reads the log, though the last line is incomplete", () => {
  const first = new DeliveryLog(dir);
  first.addDelivery(delivery("before"));
  first.addEvent("one", { actor: null });
  for (const subscription of ["metrics", "deploys"]) first.addPush(push(subscription));
  appendFileSync(join(dir, "deliveries.jsonl"), '\n{"kind":"deli');
  const log = new DeliveryLog(dir);
  log.addDelivery(delivery("after", null));
  expect(log.deliveries().map((each) => [each.number, log.readBody(each).toString()])).toEqual([
    [2, "after"],
    [1, "before"],
  ]);
  const { pushes } = log.history("one");
  expect(pushes.map(({ subscription }) => subscription)).toEqual(["metrics", "deploys"]);
  expect(pushes[0]?.attributes).toBe(pushes[1]?.attributes);
});
