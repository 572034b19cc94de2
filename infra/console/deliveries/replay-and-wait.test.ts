import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { listen } from "../../emulators/lib/listen.ts";
import { ChangeFeed } from "../../local/gateway/change-feed.ts";
import { DeliveryLog } from "../../local/gateway/delivery-log.ts";
import type { DeliveryRecord } from "../../local/gateway/log-entries.ts";
import { readFunctions } from "../../manifests/read-functions.ts";
import { replayAndWait } from "./replay-and-wait.ts";

const freight = (await readFunctions()).filter(({ name }) => name === "freight");
let isRecorded: boolean;
const changes = new ChangeFeed();
const deliveryLog = new DeliveryLog(undefined, () => changes.publish("deliveries"));
const record = (headers: Record<string, string> = {}) =>
  deliveryLog.addDelivery({
    at: new Date().toISOString(),
    source: "freight",
    method: "POST",
    headers,
    durationMs: 1,
    body: Buffer.alloc(0),
    log: [],
    status: 202,
    eventId: null,
    response: "",
  });
const server = createServer(({ headers }, response) => {
  response.writeHead(202).end();
  if (isRecorded) setImmediate(record, { "x-replay-of": String(headers["x-replay-of"]) });
});
let url: string;

beforeAll(async () => {
  vi.stubEnv("FREIGHT_WEBHOOK_SECRET", "secret");
  await listen(server);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  record();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each([
  ["returns the number of the new delivery", true, 2],
  ["gives up on a delivery that is not recorded", false, undefined],
])("a replay %s", async (_, recorded, number) => {
  isRecorded = recorded;
  const [folder] = freight;
  const delivery = deliveryLog.newest() as DeliveryRecord;
  if (!folder) throw new Error("There is no function freight");
  const context = { deliveryLog, changes, url: () => url };
  expect(await replayAndWait(context, folder, delivery, {}, 200)).toBe(number);
});
