import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PubSub } from "@google-cloud/pubsub";
import express from "express";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import { ChangeFeed } from "../local/gateway/change-feed.ts";
import { DeliveryLog } from "../local/gateway/delivery-log.ts";
import { Schedules } from "../local/schedules.ts";
import { localSecret } from "../local/secrets.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { consoleRoutes } from "./console-routes.ts";

const prune = {
  name: "prune",
  description: "Deletes old state",
  schedule: { cron: "20 3 * * *", timeZone: "Etc/UTC" },
};
let server: Server;
let url: string;
beforeAll(async () => {
  vi.stubEnv("GH_WEBHOOK_SECRET", "local-github-webhook-secret");
  // Nothing listens there.
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", "http://127.0.0.1:9/bigquery/v2");
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "local");
  vi.stubEnv("FREIGHT_WEBHOOK_SECRET", "a real one");
  vi.stubEnv("REPORT_WEBHOOK_SECRET", localSecret("REPORT_WEBHOOK_SECRET"));
  const context = {
    functions: await readFunctions(),
    deliveryLog: new DeliveryLog(),
    changes: new ChangeFeed(),
    slack: undefined,
    github: undefined,
    schedules: new Schedules([prune], () => url),
    deadLetters: new DeadLetterQueue({
      connect: () => new PubSub({ projectId: "local", emulatorMode: true }),
      subscribers: [],
      readCauses: async () => new Map(),
    }),
    maxDeliveryAttempts: 5,
    bigqueryDir: "infra/bigquery",
    url: () => "http://localhost:4600",
  };
  const json = express()
    .post("/prune", (_request, response) => void response.json({ deleted: 7 }))
    .use(consoleRoutes(context));
  json.use((_request, response) => void response.status(404).json({ error: "Not found" }));
  server = json.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

const open = async (path: string, accept = "text/html,application/xhtml+xml") => {
  const response = await fetch(`${url}${path}`, { headers: { accept } });
  return { status: response.status, url: response.url, text: await response.text() };
};

it.each(["/nothing", "/dashboards/x", "/deliveries/4711"])(
  "%s is a page with the ways back",
  async (path) => {
    const { status, text } = await open(path);
    expect(status).toBe(404);
    for (const href of ["/", "/slack", "/dashboards", "/query", "/schedules"])
      expect(text).toContain(`href="${href}"`);
  },
);

it("a page that failed says what to do", async () => {
  const print = vi.spyOn(console, "error").mockReturnValue();
  const { status, text } = await open("/query");
  expect(status).toBe(500);
  expect(text).toContain("ECONNREFUSED");
  expect(text).toContain("Reload the page.");
  expect(print).toHaveBeenCalledOnce();
  print.mockRestore();
});

it("a script gets JSON for a path that does not exist", async () => {
  expect(await open("/nothing", "*/*")).toMatchObject({ status: 404, text: '{"error":"Not found"}' });
});

it("/deliveries is the list", async () => {
  expect((await open("/deliveries")).url).toBe(`${url}/`);
});

it("the page Connect has the local secrets and no others, and commands with the port", async () => {
  const { text } = await open("/connect");
  expect(text).toContain("local-github-webhook-secret");
  expect(text).toContain("http://localhost:4600/github");
  expect(text).toContain("PORT=4600 npm run send");
  expect(text).toContain(localSecret("REPORT_WEBHOOK_SECRET"));
  expect(text).not.toContain("a real one");
});

it.each([
  ["/", "PORT=4600 npm run demo"],
  ["/trigger", "PORT=4600 npm run trigger -- github.check-run-failed"],
])("the page %s has commands with the port", async (path, command) => {
  expect((await open(path)).text).toContain(command);
});

it("the documents are text for the browser", async () => {
  const response = await fetch(`${url}/_console/docs/console.md`);
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await response.text()).toContain("# The console");
  expect((await fetch(`${url}/_console/docs/..%2fREADME.md`)).status).toBe(404);
});

it("the page Schedules has the next time, and a button that runs the function and lists the run", async () => {
  expect((await open("/schedules")).text).toMatch(/20 3 \* \* \*.*03:20:00 UTC.*No run yet/s);
  const run = (name: string) => fetch(`${url}/schedules/${name}/run`, { method: "POST" });
  const response = await run("prune");
  expect(response.url).toBe(`${url}/schedules`);
  expect(await response.text()).toMatch(/badge good">200.*deleted.*7/s);
  expect((await run("nothing")).status).toBe(404);
});
