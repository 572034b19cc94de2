/**
 * A Pub/Sub that confirms every Publish request at once and keeps nothing, so that a bench measures the publisher. It prints its port, and
 * on SIGTERM the number of messages and of requests.
 *
 * Reads only as much of the protocol as it needs: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md and
 * https://protobuf.dev/programming-guides/encoding/
 */
import { createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";

/** Field of PublishRequest with the messages, https://cloud.google.com/pubsub/docs/reference/rpc/google.pubsub.v1#publishrequest */
const MESSAGES = 2;
/** A gRPC frame: one byte of flags and four of length. */
const FRAME_BYTES = 5;

let messages = 0;
let requests = 0;

const server = createServer();
server.on("stream", (stream) => {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => confirm(stream, countMessages(Buffer.concat(chunks).subarray(FRAME_BYTES))));
  // A killed publisher resets its streams.
  stream.on("error", () => {});
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.on("SIGTERM", () => {
  console.log(JSON.stringify({ messages, requests }));
  process.exit();
});

function confirm(stream: ServerHttp2Stream, count: number) {
  requests++;
  const ids: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    const id = Buffer.from(String(++messages));
    ids.push(Buffer.from([0x0a, id.length]), id);
  }
  const body = Buffer.concat(ids);
  const head = Buffer.alloc(FRAME_BYTES);
  head.writeUInt32BE(body.length, 1);
  stream.respond({ ":status": 200, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(Buffer.concat([head, body]));
}

/** Counts the length-delimited fields with the number of the messages. */
function countMessages(bytes: Buffer): number {
  let count = 0;
  let at = 0;
  const readVarint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = readVarint();
    if (tag >> 3 === MESSAGES) count++;
    const length = readVarint();
    at += length;
  }
  return count;
}
