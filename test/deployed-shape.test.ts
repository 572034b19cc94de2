import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PubSub } from "@google-cloud/pubsub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFunction } from "../infra/build/build-function.ts";
import { startPubSub } from "../infra/local/pubsub/start.ts";
import { post, signFor } from "../infra/local/send/send.ts";
import { readFunctions } from "../infra/manifests/read-functions.ts";
import { fixtureBytes } from "./fixture.ts";
import { request } from "./request.ts";

/** The command-line program that the buildpack of Cloud Run functions starts. */
const framework = join(
  dirname(createRequire(import.meta.url).resolve("@google-cloud/functions-framework")),
  "main.js",
);

const functions = (await readFunctions()).filter(({ manifest }) => "http" in manifest.trigger);
const bodies: Record<string, string> = {
  slack: "slack/app-mention",
  freight: "freight/deploy-queued",
  "bootstrap-dev-env": "bootstrap-dev-env/bootstrap-end",
};

let dir: string;
let pubsub: Awaited<ReturnType<typeof startPubSub>>;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "deployed-"));
  pubsub = await startPubSub();
  const client = new PubSub({ projectId: "local", apiEndpoint: pubsub.host, emulatorMode: true });
  for (const { manifest } of functions) await client.createTopic(manifest.publishes ?? "");
  await client.close();
});
afterAll(async () => {
  for (const child of processes) child.kill("SIGKILL");
  await pubsub.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Starts a built function by itself, outside of the repository, as Cloud Run does. */
async function startBuilt(name: string): Promise<string> {
  const folder = functions.find((each) => each.name === name);
  if (!folder) throw new Error(`There is no source ${name}`);
  const source = join(dir, name);
  await buildFunction(folder, pathToFileURL(`${source}/`));
  const port = String(20_000 + Math.floor(Math.random() * 20_000));
  const child = spawn(process.execPath, [framework], {
    cwd: source,
    env: {
      PATH: process.env.PATH,
      NODE_PATH: join(process.cwd(), "node_modules"),
      NODE_ENV: "production",
      METADATA_SERVER_DETECTION: "none",
      FUNCTION_TARGET: name,
      PORT: port,
      GOOGLE_CLOUD_PROJECT: "local",
      PUBSUB_EMULATOR_HOST: pubsub.host,
      [folder.manifest.secrets[0] ?? ""]: "a-secret",
    },
  });
  processes.push(child);
  const url = `http://127.0.0.1:${port}/`;
  await expect
    .poll(
      () =>
        fetch(url).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(405);
  return url;
}

describe.each(functions)("$name, built and served by the stock Functions Framework", (folder) => {
  it("takes what is signed, and refuses what is not, malformed or not", { timeout: 60_000 }, async () => {
    const url = await startBuilt(folder.name);
    const body = fixtureBytes(bodies[folder.name] ?? "webpack/asset");
    const headers = await signFor(folder, { body, secret: "a-secret", event: "workflow_dispatch" });
    const accepted = folder.name === "slack" ? 200 : 202;
    expect(await post(url, headers, body)).toMatchObject({ status: accepted });

    const forged = await signFor(folder, { body, secret: "another", event: "workflow_dispatch" });
    expect(await post(url, forged, body)).toMatchObject({ status: 401 });

    // The framework would answer this with an HTML page by itself, before it calls the function.
    const broken = body.subarray(0, -10);
    const signed = await signFor(folder, { body: broken, secret: "a-secret", event: "workflow_dispatch" });
    const answer = await request(url, "POST", signed, broken);
    expect([answer.status, answer.headers["content-type"]]).toEqual([400, "application/json; charset=utf-8"]);
    expect(JSON.parse(answer.text)).toEqual({ error: expect.stringContaining("not valid JSON") });
  });
});
