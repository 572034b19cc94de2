import { createServer, type IncomingMessage, type Server } from "node:http";
import { PubSub } from "@google-cloud/pubsub";
import { status } from "@grpc/grpc-js";
import { afterEach, expect, it } from "vitest";
import { listen } from "../lib/listen.ts";
import { type RunningPubSub, startPubSub } from "./start.ts";

let running: RunningPubSub;
let pubsub: PubSub;
let bigquery: Server | undefined;
afterEach(async () => {
  await pubsub.close();
  await running.stop();
  bigquery?.closeAllConnections();
  bigquery?.close();
  bigquery = undefined;
});

async function start(bigqueryUrl?: () => string) {
  running = await startPubSub({ ...(bigqueryUrl && { bigqueryUrl }) });
  pubsub = new PubSub({ projectId: "local", apiEndpoint: running.host, emulatorMode: true });
}

/** A BigQuery that gives these responses to one insertAll each, and then accepts everything. */
async function startBigQuery(...responses: { code: number; body: unknown }[]) {
  const inserts: { path: string; rows: Record<string, unknown>[] }[] = [];
  bigquery = createServer(async (request, response) => {
    const { rows } = JSON.parse(await readText(request)) as { rows: { json: Record<string, unknown> }[] };
    inserts.push({ path: request.url ?? "", rows: rows.map(({ json }) => json) });
    const { code, body } = responses.shift() ?? { code: 200, body: {} };
    response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const url = `http://127.0.0.1:${await listen(bigquery)}/bigquery/v2`;
  await start(() => url);
  return inserts;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const bigqueryConfig = { table: "local.product_eng.dead_letters", writeMetadata: true };

it("a BigQuery subscription writes a message with its metadata, and acknowledges it", async () => {
  const inserts = await startBigQuery();
  const [topic] = await pubsub.createTopic("topic");
  await topic.createSubscription("rows", { bigqueryConfig });
  const messageId = await topic.publishMessage({
    data: Buffer.from('{"id":"é"}'),
    attributes: { "ce-id": "1" },
  });
  await expect.poll(() => running.idle(), { timeout: 5000 }).toBe(true);
  expect(inserts).toEqual([
    {
      path: "/bigquery/v2/projects/local/datasets/product_eng/tables/dead_letters/insertAll",
      rows: [
        {
          subscription_name: "projects/local/subscriptions/rows",
          message_id: messageId,
          publish_time: expect.stringMatching(/^\d{4}-.*Z$/),
          data: '{"id":"é"}',
          attributes: '{"ce-id":"1"}',
        },
      ],
    },
  ]);
});

it("a BigQuery subscription without metadata writes the data alone", async () => {
  const inserts = await startBigQuery();
  const [topic] = await pubsub.createTopic("topic");
  await topic.createSubscription("rows", { bigqueryConfig: { table: "local.d.t" } });
  await topic.publishMessage({ data: Buffer.from("x"), attributes: { key: "value" } });
  await expect.poll(() => running.idle(), { timeout: 5000 }).toBe(true);
  expect(inserts.flatMap(({ rows }) => rows)).toEqual([{ data: "x" }]);
});

it.each([
  ["fails", { code: 503, body: { error: { message: "Try again" } } }],
  ["refuses a row", { code: 200, body: { insertErrors: [{ index: 0, errors: [{ reason: "invalid" }] }] } }],
])("a message is written again after BigQuery %s", async (_, refusal) => {
  const inserts = await startBigQuery(refusal);
  const [topic] = await pubsub.createTopic("topic");
  await topic.createSubscription("rows", { bigqueryConfig });
  await topic.publishMessage({ data: Buffer.from("x") });
  await expect.poll(() => running.idle(), { timeout: 10_000 }).toBe(true);
  expect(inserts).toHaveLength(2);
});

it("a BigQuery subscription is refused without a BigQuery", async () => {
  await start();
  const [topic] = await pubsub.createTopic("topic");
  await expect(topic.createSubscription("rows", { bigqueryConfig })).rejects.toMatchObject({
    code: status.FAILED_PRECONDITION,
  });
});
