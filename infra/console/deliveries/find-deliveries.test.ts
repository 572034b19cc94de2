import { expect, it } from "vitest";
import { DeliveryLog } from "../../local/gateway/delivery-log.ts";
import { DeliverySummaries } from "./delivery-summary.ts";
import { deliveryFilter } from "./filter-deliveries.ts";
import { findDeliveries } from "./find-deliveries.ts";

const log = new DeliveryLog();
const summaries = new DeliverySummaries(log, []);
const add = (body: string, eventId: string) =>
  log.addDelivery({
    at: "2026-11-24T08:00:00.000Z",
    durationMs: 1,
    source: "github",
    method: "POST",
    headers: {},
    body: Buffer.from(body),
    status: 202,
    eventId,
    response: "",
    log: [],
  });
add('{"title":"Cover an empty recording"}', "one");
add(`payload=${encodeURIComponent('{"text":"empty recording"}')}`, "two");
add('{"title":"Something else"}', "three");
const find = (text: string, options = {}, before?: number) => {
  const filter = deliveryFilter.parse({ text, before });
  const { found, ...rest } = findDeliveries(log, summaries, filter, options);
  return { numbers: found.map(({ number }) => number), ...rest };
};

it.each([
  ['payload:"EMPTY recording"', [2, 1]],
  ["payload:recording -payload:cover", [2]],
  ["payload:recording event:one", [1]],
])("the search %s reads the payloads and finds %j", (text, numbers) => {
  expect(find(text)).toEqual({ numbers, total: 3 });
});

it.each([
  ["recording", undefined, [], 0],
  ["", undefined, [3, 2, 1], 0],
  ["", 3, [2, 1], 1],
  ["-event:two", 2, [1], 1],
])("the search %j before %j finds %j, after %i newer ones", (text, before, numbers, newer) => {
  expect(find(text, {}, before)).toEqual({ numbers, total: 3, newer });
});

it("a search in payloads that takes too long says how far it came", () => {
  expect(find("payload:recording", { payloadsMs: -1 })).toEqual({ numbers: [], total: 3, searchedTo: 4 });
});

it("a summary follows its event", () => {
  expect(summaries.list()).toBe(summaries.list());
  log.addEvent("one", { actor: { name: "mira" } });
  log.addPush({
    at: "2026-11-24T08:00:01.000Z",
    durationMs: 1,
    subscription: "metrics-github-events",
    function: "metrics",
    messageId: "1",
    eventId: "one",
    attributes: { "ce-type": "github.push", "ce-repository": "getsentry/sentry" },
    attempt: 1,
    outcome: "retrying",
    log: [],
  });
  expect(summaries.list()[2]).toMatchObject({
    type: "github.push",
    repository: "getsentry/sentry",
    actor: "mira",
    subscribers: [{ function: "metrics", outcome: "retrying" }],
  });
});
