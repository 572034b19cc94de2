import { connect, type Socket } from "node:net";

/** Requests of one run and their latencies. */
export interface Load {
  requests: number;
  /** Responses with another status than 2xx. */
  refused: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

interface LoadLimits {
  connections: number;
  /** Ends after this time. */
  seconds?: number;
  /** Ends after this number of requests. */
  count?: number;
}

const HEAD_END = Buffer.from("\r\n\r\n");

/**
 * Sends requests over persistent connections, on each the next one as soon as the response to the last one is complete.
 * Writes prepared bytes and reads no more of a response than its status and length, so that the load costs less than what it measures.
 *
 * @param requests complete requests (see `encodeRequest`), sent one after the other and again from the start
 * @throws {Error} if a connection ends
 */
export async function sendLoad(
  port: number,
  requests: Buffer[],
  { connections, seconds = 3600, count = Number.POSITIVE_INFINITY }: LoadLimits,
): Promise<Load> {
  const until = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  let next = 0;
  let refused = 0;
  const run = async () => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    try {
      while (performance.now() < until && next < count) {
        const began = performance.now();
        const status = await exchange(socket, requests[next++ % requests.length] ?? Buffer.alloc(0));
        latencies.push(performance.now() - began);
        if (status < 200 || status > 299) refused++;
      }
    } finally {
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: connections }, run));
  latencies.sort((a, b) => a - b);
  const quantile = (q: number) => latencies[Math.floor((latencies.length - 1) * q)] ?? 0;
  return { requests: latencies.length, refused, p50: quantile(0.5), p99: quantile(0.99) };
}

/** The bytes of a POST request with a persistent connection. */
export function encodeRequest(body: Buffer, headers: Record<string, string>, path = "/"): Buffer {
  const lines = Object.entries({ host: "127.0.0.1", ...headers, "content-length": String(body.length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`), body]);
}

/** Sends a request and reads its response. @returns the status */
function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const settle = (settled: () => void) => {
      socket.off("data", onData).off("error", onError).off("close", onClose);
      settled();
    };
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const status = readStatus(received);
      if (status !== undefined) settle(() => resolve(status));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error("The connection ended before the response")));
    socket.on("data", onData).on("error", onError).on("close", onClose);
    socket.write(request);
  });
}

/** The status of a complete response; undefined while bytes of it are missing. */
function readStatus(response: Buffer): number | undefined {
  const end = response.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = response.toString("latin1", 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const isChunked = /\r\ntransfer-encoding: chunked/i.test(head);
  const bodyBytes = response.length - end - HEAD_END.length;
  const isComplete = isChunked ? response.includes("0\r\n\r\n", end + HEAD_END.length) : bodyBytes >= length;
  return isComplete ? Number(head.slice(9, 12)) : undefined;
}
