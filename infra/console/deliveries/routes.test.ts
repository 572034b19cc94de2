import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PubSub } from "@google-cloud/pubsub";
import express from "express";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DeadLetterQueue } from "../../../shared/dead-letters/dead-letter-queue.ts";
import { ChangeFeed } from "../../local/gateway/change-feed.ts";
import { DeliveryLog } from "../../local/gateway/delivery-log.ts";
import type { NewDelivery } from "../../local/gateway/log-entries.ts";
import { Schedules } from "../../local/schedules.ts";
import { readFunctions } from "../../manifests/read-functions.ts";
import { asNewEvent } from "./apply-edit.ts";
import { deliveryRoutes } from "./routes.tsx";

const MB = 1_000_000;
const functions = await readFunctions();
const deliveryLog = new DeliveryLog();
let server: Server;
let url: string;

const add = (source: string, body: string, more: Partial<NewDelivery> = {}) =>
  deliveryLog.addDelivery({
    at: "2026-11-24T08:00:00.000Z",
    source,
    method: "POST",
    headers: { "content-type": "application/json" },
    durationMs: 1,
    body: Buffer.from(body),
    log: [],
    status: 202,
    eventId: `event of ${source}`,
    response: "",
    ...more,
  });

beforeAll(async () => {
  // Nothing listens there: the page shows the outage.
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", "http://127.0.0.1:9/bigquery/v2");
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "local");
  const context = {
    functions,
    deliveryLog,
    changes: new ChangeFeed(),
    slack: undefined,
    github: undefined,
    deadLetters: new DeadLetterQueue({
      connect: () => new PubSub({ projectId: "local", emulatorMode: true }),
      subscribers: [],
      readCauses: async () => new Map(),
    }),
    schedules: new Schedules([], () => url),
    maxDeliveryAttempts: 5,
    bigqueryDir: "infra/bigquery",
    url: () => url,
  };
  server = express().use(deliveryRoutes(context)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

const asset = { file: "app.js", size: 1, commit: "a".repeat(40), entrypointName: "app" };

it.each([
  ["a report of 5 MB", "webpack", JSON.stringify(Array.from({ length: 40_000 }, () => asset))],
  ["a payload of 25 MB", "github", JSON.stringify({ pusher: "<&\"'>".repeat((25 * MB) / 8) })],
])("the pages of %s stay below 1 MB", async (_, source, body) => {
  add(source, body);
  deliveryLog.addEvent(`event of ${source}`, { assets: Array.from({ length: 20_000 }, () => asset) });
  const [delivery] = deliveryLog.deliveries();
  await fetch(`${url}/`);
  for (const path of ["", "/edit"]) {
    const page = await (await fetch(`${url}/deliveries/${delivery?.number}${path}`)).text();
    expect(page.length).toBeLessThan(MB);
    expect(page).toContain(`/deliveries/${delivery?.number}/payload`);
  }
  const whole = await fetch(`${url}/deliveries/${delivery?.number}/payload`);
  expect(whole.headers.get("content-disposition")).toContain(`delivery-${delivery?.number}.json`);
  expect((await whole.text()) === body).toBe(true);
});

it("a push shows what the subscriber logged, and which delivery it belongs to", async () => {
  add("freight", "{}", { eventId: "explained" });
  add("freight", "{}", { eventId: "explained" });
  const numbers = deliveryLog.history("explained").deliveries.map(({ number }) => number);
  for (const messageId of ["1", "2"])
    deliveryLog.addPush({
      at: `2026-11-24T08:00:0${messageId}.000Z`,
      subscription: "deploy-ready-github-events",
      function: "deploy-ready",
      messageId,
      eventId: "explained",
      attributes: {},
      durationMs: 1,
      attempt: 1,
      outcome: "acknowledged",
      log: [{ severity: "INFO", message: "Nobody is told", fields: { because: "muted" } }],
    });
  const page = await (await fetch(`${url}/deliveries/${numbers[0]}`)).text();
  expect(page).toContain("Nobody is told");
  expect(page).toContain("{&quot;because&quot;:&quot;muted&quot;}");
  for (const number of numbers) expect(page).toContain(`delivery #${number}, attempt`);
});

it.each([
  ["github", "{}", { "x-github-delivery": "one" }],
  ["freight", '{"deploy_number": 13}', {}],
  ["report", "{}", { "webhook-id": "one" }],
  ["sentry", "{}", { "request-id": "one" }],
  ["webpack", "[1]", {}],
  ["slack", '{"event_id":"Ev0MESSAGE","n":12345678901234567890}', {}],
  ["slack", `payload=${encodeURIComponent('{"type":"block_actions"}')}`, {}],
])("a delivery of %s with the body %s can be sent as a new event", async (source, text, headers) => {
  const folder = functions.find(({ name }) => name === source);
  if (!folder) throw new Error(`There is no function ${source}`);
  add(source, text, { headers });
  const [delivery] = deliveryLog.deliveries();
  if (!delivery) throw new Error("There is no delivery");
  const request = { ...delivery, body: deliveryLog.readBody(delivery) };
  const [one, two] = [await asNewEvent(folder, request), await asNewEvent(folder, request)];
  expect(one).not.toEqual(two);
  const sent = one.body?.toString("utf8");
  const json = (given: string) => new URLSearchParams(given).get("payload") ?? given;
  if (sent === undefined) expect(one.id).toBeDefined();
  else if (text.includes("event_id")) expect(sent.replace(/Ev[0-9A-F]{10}/, "Ev0MESSAGE")).toBe(text);
  else expect(JSON.parse(json(sent))).toEqual(JSON.parse(json(text)));
});
