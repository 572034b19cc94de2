import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { normalize } from "../../functions/bootstrap-dev-env/normalize.ts";
import { listen } from "../../infra/emulators/lib/listen.ts";
import { PublishError, publish } from "./publish.ts";
import { getPublisherClient } from "./publisher-client.ts";

const payload = { event: "bootstrap_start", name: "mira" };
const event = normalize({ id: "id", payload, receivedAt: new Date("2026-11-02T17:10:00.000Z") });

/** The client keeps its connection, so all tests share one gRPC server. */
const calls: ServerHttp2Stream[] = [];
let isConfirmed: (call: number) => boolean = () => true;
const sessions = new Set<ServerHttp2Session>();
const server = createServer()
  .on("session", (session) => sessions.add(session))
  .on("stream", (stream) => {
    stream.on("error", () => {});
    stream.once("data", () => {
      calls.push(stream);
      if (isConfirmed(calls.length)) confirm(stream);
    });
  });

beforeAll(async () => {
  await listen(server);
  vi.stubEnv("PUBSUB_EMULATOR_HOST", `127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "local");
  // As a deployed source does before its first delivery: loading the client may take longer than these deadlines.
  await getPublisherClient();
});
afterAll(() => {
  for (const session of sessions) session.destroy();
  server.close();
  vi.unstubAllEnvs();
});

/** Responds with a PublishResponse that has the message id `1`. */
function confirm(stream: ServerHttp2Stream) {
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(Buffer.from([0, 0, 0, 0, 3, 0x0a, 1, 0x31]));
}

it("a publish whose request gets no response is sent again before the deadline", async () => {
  isConfirmed = (call) => call > 1;
  await publish(event, {}, 1500);
  expect(calls).toHaveLength(2);
});

it("a publish that is never confirmed fails at its deadline, and the next one of the same subject passes", async () => {
  isConfirmed = () => false;
  await expect(publish(event, {}, 1500)).rejects.toThrow(PublishError);
  isConfirmed = () => true;
  await publish(event, {}, 1500);
});
