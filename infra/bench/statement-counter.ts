import { connect, createServer, type Socket } from "node:net";
import { listen } from "../emulators/lib/listen.ts";

/** A proxy in front of Postgres that counts round trips. */
export interface StatementCounter {
  /** For DATABASE_URL. */
  url: string;
  count: number;
  stop(): void;
}

/** Messages after which a client waits: Query and Sync, https://www.postgresql.org/docs/current/protocol-message-formats.html */
const AWAITED = new Set(["Q".charCodeAt(0), "S".charCodeAt(0)]);
const TYPE_BYTES = 1;
const LENGTH_BYTES = 4;

/** @param target DATABASE_URL of the server, without TLS */
export async function countStatements(target: string): Promise<StatementCounter> {
  const sockets = new Set<Socket>();
  const counter: StatementCounter = { url: "", count: 0, stop: () => {} };
  const server = createServer((client) => {
    const { hostname, port } = new URL(target);
    const upstream = connect(Number(port), hostname);
    const count = countAwaited(() => counter.count++);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => [client, upstream].map((each) => each.destroy()));
    }
    client.on("data", (chunk: Buffer) => {
      count(chunk);
      upstream.write(chunk);
    });
    upstream.pipe(client);
  });
  const url = new URL(target);
  url.port = String(await listen(server));
  counter.url = url.href;
  counter.stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return counter;
}

/** Reads the frames of a client's messages. The first one, StartupMessage, has no type. */
function countAwaited(onAwaited: () => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let typeBytes = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= typeBytes + LENGTH_BYTES) {
      const size = typeBytes + rest.readUInt32BE(typeBytes);
      if (rest.length < size) return;
      if (typeBytes === TYPE_BYTES && AWAITED.has(rest[0] ?? 0)) onAwaited();
      rest = rest.subarray(size);
      typeBytes = TYPE_BYTES;
    }
  };
}
