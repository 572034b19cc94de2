import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PubSub } from "@google-cloud/pubsub";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { normalize } from "../../functions/freight/normalize.ts";
import { freePort } from "../../infra/emulators/lib/free-port.ts";
import { startPubSub } from "../../infra/emulators/pubsub/start.ts";
import { toMessage } from "../../shared/pubsub/message.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { findGoogleEmulator, startGoogleEmulator } from "../support/google-emulator.ts";

const page = readFileSync(new URL("../../docs/consuming.md", import.meta.url), "utf8");
const example = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(page)?.[1] ?? "";

const found = findGoogleEmulator();
if ("missing" in found) console.warn(`The subscribers do not run on Google's emulator: ${found.missing}`);
const emulators = [
  { emulator: "this Pub/Sub emulator", start: () => startPubSub(), missing: false },
  {
    emulator: "Google's emulator",
    start: () =>
      "program" in found ? startGoogleEmulator(found.program) : Promise.reject(new Error(found.missing)),
    missing: "missing" in found,
  },
];
const subscribers = [
  { language: "js", file: "subscriber.mjs", program: process.execPath },
  { language: "python", file: "subscriber.py", program: "python3" },
];

// Inside the repository: the example in Node imports an installed package.
const artifacts = fileURLToPath(new URL("../../test-artifacts/", import.meta.url));
let dir: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  mkdirSync(artifacts, { recursive: true });
  dir = mkdtempSync(join(artifacts, "consuming-"));
});
afterEach(() => {
  child?.kill();
  rmSync(dir, { recursive: true });
});

/** Starts an example as a reader of the page would, and collects what it prints. */
async function startSubscriber({ language, file, program }: (typeof subscribers)[number]) {
  writeFileSync(join(dir, file), example(language));
  const port = await freePort();
  const started = spawn(program, [file], { cwd: dir, env: { PATH: process.env.PATH, PORT: String(port) } });
  child = started;
  const lines: string[] = [];
  started.stdout.on("data", (chunk: Buffer) =>
    lines.push(...chunk.toString("utf8").split("\n").filter(Boolean)),
  );
  const url = `http://127.0.0.1:${port}/`;
  await expect
    .poll(
      () =>
        fetch(url, { method: "POST", body: "x" }).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(500);
  return { url, lines };
}

function deployOf(status: string, number: number) {
  const payload = { ...fixture(`freight/deploy-${status}`), deploy_number: number };
  const event = normalize({
    id: `${status}-${number}`,
    payload,
    receivedAt: new Date("2026-11-02T17:10:00Z"),
  });
  return toMessage(event, { status: event.status });
}

describe.each(emulators)("on $emulator", ({ start, missing }) => {
  let emulator: { host: string; stop(): Promise<void> };
  let pubsub: PubSub;
  beforeAll(async () => {
    if (missing) return;
    emulator = await start();
    pubsub = new PubSub({ projectId: "local", apiEndpoint: emulator.host, emulatorMode: true });
  });
  afterAll(async () => {
    await pubsub?.close();
    await emulator?.stop();
  });

  it.skipIf(missing).each(subscribers)(
    "the subscriber in $language of docs/consuming.md processes each finished deployment once",
    async (subscriber) => {
      const { url, lines } = await startSubscriber(subscriber);
      const [topic] = await pubsub.createTopic(`${subscriber.language}-events`);
      await topic.createSubscription(`${subscriber.language}-subscription`, {
        pushConfig: { pushEndpoint: url },
        filter: 'attributes.ce-deployment = "finished"',
      });
      const messages = [
        deployOf("finished", 1),
        deployOf("started", 2),
        deployOf("finished", 1),
        deployOf("finished", 3),
      ];
      for (const message of messages) await topic.publishMessage(message);
      const line = "getsentry production 4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8 by mira.okafor@sentry.io";
      await expect.poll(() => lines.length, { timeout: 30_000 }).toBe(2);
      expect(lines).toEqual([line, line]);
    },
  );
});
