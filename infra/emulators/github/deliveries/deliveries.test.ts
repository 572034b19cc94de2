import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { verify } from "@octokit/webhooks-methods";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listen } from "../../lib/listen.ts";
import { type RunningGitHub, startGitHub } from "../start.ts";
import { addDelivery, type HookDelivery } from "./delivery-log.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const appPublicKey = keys.publicKey.export({ type: "spki", format: "pem" }).toString();
const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const received: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 202;
const receiver = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  received.push({ headers: request.headers, body });
  response.writeHead(status).end();
});
const hookDeliveries: HookDelivery[] = [];
let github: RunningGitHub;
let app: Octokit;
beforeAll(async () => {
  const url = `http://127.0.0.1:${await listen(receiver)}/github`;
  const state = { organizations: [], repositories: [], users: [], hookDeliveries };
  github = await startGitHub({ state, appPublicKey, webhook: { url, secret: () => "a secret" } });
  const options = { baseUrl: github.url, log: quiet, authStrategy: createAppAuth };
  app = new Octokit({ ...options, auth: { appId: "1", privateKey } });
});
afterAll(async () => {
  await github.stop();
  receiver.close();
});

it("the deliveries of three days are listed, newest first, in pages that a cursor continues", async () => {
  const payload = { action: "opened", repository: { id: 7 }, installation: { id: 1 } };
  const old = new Date(Date.now() - 73 * 60 * 60_000).toISOString();
  addDelivery(hookDeliveries, { event: "push", payload, statusCode: 503, deliveredAt: old });
  for (let number = 0; number < 70; number++)
    addDelivery(hookDeliveries, { event: "issues", payload, statusCode: number === 0 ? 503 : 202 });
  const listed = await app.paginate(app.rest.apps.listWebhookDeliveries, { per_page: 30 });
  expect(listed.map(({ id }) => id)).toEqual(
    hookDeliveries
      .slice(1)
      .map(({ id }) => id)
      .reverse(),
  );
  expect(listed.at(-1)).toMatchObject({
    event: "issues",
    action: "opened",
    status_code: 503,
    redelivery: false,
    repository_id: 7,
    installation_id: 1,
  });
  await expect(app.rest.apps.listWebhookDeliveries({ cursor: "x" })).rejects.toMatchObject({ status: 422 });
  const anybody = new Octokit({ baseUrl: github.url, log: quiet });
  await expect(anybody.rest.apps.listWebhookDeliveries()).rejects.toMatchObject({ status: 401 });
});

it("another attempt keeps the guid, is signed, and is added to the log", async () => {
  const payload = { zen: "Ünïcode" };
  const { id, guid } = addDelivery(hookDeliveries, { event: "ping", payload, statusCode: 503 });
  const again = () => app.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
  status = 500;
  expect((await again()).status).toBe(202);
  status = 202;
  await again();
  const attempts = hookDeliveries.filter((delivery) => delivery.guid === guid);
  expect(attempts.map(({ statusCode, redelivery }) => [statusCode, redelivery])).toEqual([
    [503, false],
    [500, true],
    [202, true],
  ]);
  const { headers, body = "" } = received.at(-1) ?? {};
  expect(headers).toMatchObject({ "x-github-delivery": guid, "x-github-event": "ping" });
  expect(await verify("a secret", body, String(headers?.["x-hub-signature-256"]))).toBe(true);
  expect((await app.rest.apps.getWebhookDelivery({ delivery_id: id })).data.request.payload).toEqual(payload);
});

it("a delivery that does not exist gets 404", async () => {
  for (const ask of [app.rest.apps.redeliverWebhookDelivery, app.rest.apps.getWebhookDelivery])
    await expect(ask({ delivery_id: 1 })).rejects.toMatchObject({ status: 404 });
});
