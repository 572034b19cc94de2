import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PubSub } from "@google-cloud/pubsub";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findExample } from "../../infra/bench/find-example.ts";
import { packFunction } from "../../infra/build/pack-function.ts";
import { signAssertion } from "../../infra/emulators/iap/sign-assertion.ts";
import { startIap } from "../../infra/emulators/iap/start.ts";
import { freePort } from "../../infra/emulators/lib/free-port.ts";
import { defaultGitHubState } from "../../infra/local/seed/github.ts";
import { type Services, startServices } from "../../infra/local/services.ts";
import { type FunctionFolder, readFunctions } from "../../infra/manifests/read-functions.ts";
import { post, signFor } from "../../infra/send/send.ts";
import type { Event } from "../../shared/events/event.ts";
import { toMessage } from "../../shared/pubsub/message.ts";
import { fixtureBytes } from "../../shared/webhook/read-fixture.ts";
import { findNode } from "../support/node-versions.ts";
import { request } from "../support/request.ts";
import { copyPrepared } from "../support/test-suite.ts";

/** The package whose command-line program Google's buildpack starts. */
const framework = dirname(
  dirname(dirname(createRequire(import.meta.url).resolve("@google-cloud/functions-framework"))),
);

const functions = await readFunctions();
const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
const subscribers = functions.filter(({ subscriptions }) => subscriptions.length > 0);
const bodies: Record<string, string> = {
  slack: "slack/app-mention",
  freight: "freight/deploy-queued",
  "bootstrap-dev-env": "bootstrap-dev-env/bootstrap-end",
  gocd: "gocd/stage-building",
  pagerduty: "pagerduty/incident-triggered",
  report: "report/measurement",
  sentry: "sentry/metric-alert-critical",
};
/** In the form of Standard Webhooks, which the other sources take as any text. */
const SECRET = "whsec_YSBzZWNyZXQgb2YgdGhlIHN1aXRl";
const receivedAt = new Date("2026-11-02T17:10:00.000Z");

const versions = [20, 24].map(findNode);
for (const version of versions)
  if ("missing" in version)
    console.warn(`The built functions are not tried on Node ${version.major}: ${version.missing}`);

let dir: string;
let services: Services;
const running: ChildProcess[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "deployed-"));
  const dataDir = join(dir, "data");
  copyPrepared(dataDir);
  services = await startServices({ port: 0, dataDir, githubState: defaultGitHubState() });
  const pubsub = new PubSub({ projectId: "local" });
  for (const { manifest } of sources) await pubsub.createTopic(manifest.publishes ?? "");
  await pubsub.close();
  for (const folder of functions) await unpack(folder);
  // Five emulators and a build of every function.
}, 240_000);
afterAll(async () => {
  await Promise.all(Object.values(services).map((service) => service.stop()));
  rmSync(dir, { recursive: true, force: true });
});

/** Unpacks the uploaded archive into an empty directory, with the framework as npm would install it. */
async function unpack(folder: FunctionFolder) {
  const archive = join(dir, `${folder.name}.zip`);
  writeFileSync(
    archive,
    (await packFunction(folder, pathToFileURL(`${join(dir, "build", folder.name)}/`))).archive,
  );
  execFileSync("unzip", ["-q", archive, "-d", join(dir, folder.name)]);
  mkdirSync(join(dir, folder.name, "node_modules/@google-cloud"), { recursive: true });
  // The link lets the framework find its dependencies; the function finds only the framework.
  symlinkSync(framework, join(dir, folder.name, "node_modules/@google-cloud/functions-framework"));
}

/** Starts one built function outside the repository, as Cloud Run does. */
async function start(
  { name }: FunctionFolder,
  program: string,
  env: Record<string, string | undefined> = {},
) {
  const cwd = join(dir, name);
  const port = String(await freePort());
  const child = spawn(
    program,
    [join(cwd, "node_modules/@google-cloud/functions-framework/build/src/main.js")],
    {
      cwd,
      env: {
        // Addresses and secrets of the emulators.
        ...process.env,
        NODE_PATH: "",
        NODE_OPTIONS: "",
        NODE_ENV: "production",
        LOG_LEVEL: "ERROR",
        FUNCTION_TARGET: name,
        PORT: port,
        ...env,
      },
      stdio: "ignore",
    },
  );
  running.push(child);
  const url = `http://127.0.0.1:${port}/`;
  await expect.poll(() => isUp(url), { timeout: 30_000 }).toBe(true);
  return url;
}

function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

function stopAll() {
  for (const child of running.splice(0)) child.kill("SIGKILL");
}

/** An event as Pub/Sub pushes it, https://cloud.google.com/pubsub/docs/push#receive_push */
function push(event: Event): Buffer {
  const { data, attributes } = toMessage(event, {});
  const message = {
    data: data.toString("base64"),
    attributes,
    messageId: "1",
    publishTime: receivedAt.toISOString(),
  };
  return Buffer.from(JSON.stringify({ subscription: "projects/local/subscriptions/a", message }));
}

/** An event that one of the function's subscriptions passes. */
async function eventFor(folder: FunctionFolder): Promise<Event> {
  const { event } = await findExample(folder, functions);
  return event.source === "freight" ? { ...event, ...deployedCommits() } : event;
}

/** Commits of the GitHub emulator's seed. */
function deployedCommits() {
  const commits = services.github?.current.state.repositories[1]?.commits ?? [];
  return { previousSha: commits[0]?.sha ?? null, sha: commits[1]?.sha ?? "" };
}

describe.each(versions)("on Node $major", (version) => {
  const program = "program" in version ? version.program : "";

  afterEach(stopAll);

  describe.skipIf(!program).each(sources)(
    "$name, built and served by the stock Functions Framework",
    (folder) => {
      it("accepts a signed body and refuses an unsigned one, malformed or not", {
        timeout: 90_000,
      }, async () => {
        const url = await start(folder, program, { [folder.manifest.secrets[0] ?? ""]: SECRET });
        expect(await request(url, "GET", {})).toMatchObject({ status: 405 });
        const body = fixtureBytes(bodies[folder.name] ?? "webpack/asset");
        const headers = await signFor(folder, { body, secret: SECRET, event: "workflow_dispatch" });
        const accepted = folder.name === "slack" ? 200 : 202;
        expect(await post(url, headers, body)).toMatchObject({ status: accepted });

        const forged = await signFor(folder, { body, secret: "another", event: "workflow_dispatch" });
        expect(await post(url, forged, body)).toMatchObject({ status: 401 });

        // Without the suite's raw-body hook the framework would respond with an HTML page before it calls the function.
        const broken = body.subarray(0, -10);
        const signed = await signFor(folder, {
          body: broken,
          secret: SECRET,
          event: "workflow_dispatch",
        });
        const response = await request(url, "POST", signed, broken);
        expect([response.status, response.headers["content-type"]]).toEqual([
          400,
          "application/json; charset=utf-8",
        ]);
        expect(JSON.parse(response.text)).toEqual({ error: expect.stringContaining("not valid JSON") });
      });
    },
  );

  describe.skipIf(!program).each(subscribers)(
    "$name, built and served by the stock Functions Framework",
    (folder) => {
      it("acknowledges a pushed event, and has an unreadable one redelivered", {
        timeout: 90_000,
      }, async () => {
        const url = await start(folder, program);
        const topic = `projects/local/topics/${folder.subscriptions[0]?.topic}`;
        const json = { "content-type": "application/json" };
        const response = await request(`${url}${topic}`, "POST", json, push(await eventFor(folder)));
        expect([response.status, response.text]).toEqual([204, ""]);
        const unreadable = Buffer.from(JSON.stringify({ message: { data: "bm8=", messageId: "2" } }));
        expect(await request(`${url}${topic}`, "POST", json, unreadable)).toMatchObject({ status: 500 });
      });
    },
  );

  it.skipIf(!program)(
    "console, built, shows its pages and files to a person who passed the proxy",
    {
      timeout: 90_000,
    },
    async () => {
      const folder = functions.find(({ manifest }) => "iap" in manifest.trigger);
      if (!folder) throw new Error("No function is behind Identity-Aware Proxy");
      const audience = process.env.IAP_AUDIENCE ?? "";
      const iap = await startIap({ audience, backend: () => "", members: [] });
      try {
        const url = await start(folder, program, { IAP_PUBLIC_KEYS_URL: iap.publicKeysUrl });
        expect(await request(url, "GET", {})).toMatchObject({ status: 401 });
        const issuedAt = Math.floor(Date.now() / 1000);
        const assertion = signAssertion(iap.key, { email: "mira.okafor@sentry.io", audience, issuedAt });
        const ask = (path: string) =>
          request(`${url}${path}`, "GET", { "x-goog-iap-jwt-assertion": assertion });
        const page = await ask("schedules");
        expect([page.status, page.text]).toEqual([200, expect.stringContaining("refresh-facts")]);
        expect((await ask("")).status).toBe(200);
        const style = await ask("_console/base.css");
        expect([style.status, style.headers["content-type"]]).toEqual([200, "text/css; charset=utf-8"]);
      } finally {
        await iap.stop();
      }
    },
  );
});

it("metrics, built, wrote its event to BigQuery", async () => {
  const rows = await services.warehouse?.current.query("SELECT source FROM product_eng.events");
  expect(rows?.length).toBeGreaterThan(0);
});
