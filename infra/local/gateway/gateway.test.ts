import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cloudEvent } from "@google-cloud/functions-framework";
import { afterEach, expect, it, vi } from "vitest";
import { log } from "../../../shared/observability/log.ts";
import { listen } from "../../emulators/lib/listen.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { DeliveryLog } from "./delivery-log.ts";
import { Gateway } from "./gateway.ts";

const MAX_DELIVERY_ATTEMPTS = 5;
let release: () => void = () => {};
cloudEvent("says-why", () => {
  log("INFO", "A required check changes nothing", { because: "it is green already", to: "mira@sentry.io" });
});
cloudEvent("never-done", () => new Promise<void>((resolve) => (release = resolve)));

const deliveryLog = new DeliveryLog();
const folder: FunctionFolder = {
  name: "never-done",
  url: new URL("file:///never-done/"),
  manifest: {
    trigger: { subscriptions: [{ topic: "github-events" }] },
  } as unknown as FunctionFolder["manifest"],
  subscriptions: [],
};
const server = createServer();
afterEach(() => {
  release();
  server.closeAllConnections();
  server.close();
});

it("the gateway records a push that is cancelled at its deadline, and dead-letters it after the last attempt", async () => {
  const gateway = new Gateway([folder], deliveryLog, MAX_DELIVERY_ATTEMPTS);
  server.on("request", (request, response) => gateway.handle(request, response));
  await listen(server);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/never-done/projects/local/topics/github-events`;

  for (const deliveryAttempt of [1, MAX_DELIVERY_ATTEMPTS]) {
    const deadline = new AbortController();
    const push = fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        message: { messageId: "7", data: "", attributes: { "ce-id": "an-event" } },
        subscription: "projects/local/subscriptions/never-done-github-events",
        deliveryAttempt,
      }),
      signal: deadline.signal,
    });
    await expect.poll(() => gateway.inFlight, { timeout: 10_000 }).toBe(1);
    deadline.abort();
    await expect(push).rejects.toThrow("aborted");
    await expect.poll(() => gateway.inFlight).toBe(0);
  }
  const reason = "The function did not respond before the acknowledgement deadline";
  expect(deliveryLog.history("an-event").pushes).toMatchObject([
    { function: "never-done", attempt: 1, outcome: "retrying", error: reason },
    { function: "never-done", attempt: 5, outcome: "dead-lettered", error: reason },
  ]);
});

it("a push has the lines that the function logged, whatever LOG_LEVEL is", async () => {
  vi.stubEnv("LOG_LEVEL", "CRITICAL");
  const gateway = new Gateway([{ ...folder, name: "says-why" }], deliveryLog, MAX_DELIVERY_ATTEMPTS);
  const quiet = createServer((request, response) => gateway.handle(request, response));
  await listen(quiet);
  const { port } = quiet.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/says-why/projects/local/topics/github-events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      message: { messageId: "8", data: "", attributes: { "ce-id": "explained" } },
      subscription: "projects/local/subscriptions/says-why-github-events",
      deliveryAttempt: 1,
    }),
  });
  await expect
    .poll(() => deliveryLog.history("explained").pushes)
    .toMatchObject([
      {
        outcome: "acknowledged",
        log: [
          {
            severity: "INFO",
            message: "A required check changes nothing",
            fields: { because: "it is green already", to: "[email]" },
          },
        ],
      },
    ]);
  vi.unstubAllEnvs();
  quiet.closeAllConnections();
  quiet.close();
});
