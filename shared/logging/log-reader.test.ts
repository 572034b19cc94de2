import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type RunningLogging, startLogging } from "../../infra/emulators/logging/start.ts";
import type { DeadLetter } from "../dead-letters/dead-letter.ts";
import { createLogReader } from "./log-reader.ts";
import { readLoggedCauses } from "./read-causes.ts";

let logging: RunningLogging;
beforeAll(async () => {
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "local");
  logging = await startLogging({ project: "local" });
});
afterAll(async () => {
  await logging.stop();
  vi.unstubAllEnvs();
});

it("lists the newest lines, over several pages", async () => {
  for (let index = 0; index < 1500; index++)
    logging.write("report", { severity: "INFO", message: String(index) });
  const read = createLogReader({ LOGGING_API_URL: logging.url });
  const found = await read('resource.labels.service_name="report"', 1200);
  const messages = found.map(({ jsonPayload }) => jsonPayload.message);
  expect([messages.length, messages[0], messages.at(-1)]).toEqual([1200, "1499", "300"]);
  await expect(read("severity=LOUD", 1)).rejects.toThrow("no severity");
});

it("finds the last error of each dead letter at its subscriber, of more events than a filter may name", async () => {
  const fail = (event: string, subscriber: string, error: string) =>
    logging.write(subscriber, { severity: "ERROR", event, subscriber, error });
  const letters = Array.from({ length: 450 }, (_, index) => {
    fail(`event-${index}`, "metrics", "first");
    fail(`event-${index}`, "metrics", `last ${index}`);
    fail(`event-${index}`, "slack-app", "other");
    return { event: `event-${index}`, subscriber: "metrics" } as DeadLetter;
  });
  logging.write("metrics", {
    severity: "WARNING",
    event: "event-7",
    subscriber: "metrics",
    error: "no failure",
  });
  const causes = await readLoggedCauses(letters, createLogReader({ LOGGING_API_URL: logging.url }));
  expect([causes.get("event-7 metrics"), causes.get("event-449 metrics")]).toEqual(["last 7", "last 449"]);
});
