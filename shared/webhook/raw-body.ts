import type { IncomingMessage } from "node:http";
import { subscribeOnce } from "../observability/subscribe-once.ts";
import { badRequest, HttpError } from "./delivery.ts";

interface SentHeaders {
  contentType: string | undefined;
  contentEncoding: string | undefined;
  contentLength: string | undefined;
}

/** Property of a request with its own headers about the body: a weak map with an entry per request would burden the garbage collector. */
const SENT = Symbol("sent headers");
type HookedRequest = IncomingMessage & { [SENT]?: SentHeaders };

const names = new Set<string>();

/**
 * Leaves the body of requests to the named function unread until `readRawBody`.
 *
 * The Functions Framework reads up to 1 GiB, parses and inflates a body before it calls the function. It responds to a malformed body
 * with an HTML page before the signature is verified, and a few large bodies fill the memory, with deliveries in it that nobody sends
 * again. It skips a request that seems to have no body. Node publishes each request before any listener receives it:
 * https://nodejs.org/api/diagnostics_channel.html#event-httpserverrequeststart
 */
export function preserveRawBody(functionName: string) {
  subscribeOnce("http.server.request.start", onRequest);
  names.add(functionName);
}

/** The headers about the body that the sender sent, also where `preserveRawBody` removed them. */
export function getSentHeaders(request: HookedRequest): SentHeaders {
  return request[SENT] ?? readHeaders(request);
}

/**
 * Reads the bytes of a body. A larger body is refused by its Content-Length before it is read, or at the first byte beyond the limit.
 * Node discards the rest, so that the sender receives the response.
 *
 * @throws {HttpError} 413 for more than `maxBytes`, 400 if the sender ends the connection
 */
export function readRawBody(
  request: IncomingMessage & { rawBody?: Buffer },
  maxBytes: number,
): Promise<Buffer> {
  const announced = Number(getSentHeaders(request).contentLength ?? 0);
  return new Promise((resolve, reject) => {
    const refuse = (bytes: string) =>
      reject(new HttpError(413, `The body has ${bytes}, more than the ${maxBytes} accepted`));
    if (announced > maxBytes) return refuse(`${announced} bytes`);
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= maxBytes) return;
      chunks.length = 0;
      request.off("data", onData).resume();
      refuse(`at least ${bytes} bytes`);
    };
    request.on("data", onData);
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("error", () => reject(badRequest("The connection ended before the body was complete")));
  });
}

function onRequest(message: unknown) {
  const { request } = message as { request: HookedRequest };
  if (!names.has(getTargetFunction(request))) return;
  request[SENT] = readHeaders(request);
  // Node's parser has read them already.
  delete request.headers["content-length"];
  delete request.headers["transfer-encoding"];
}

/** A deployed process serves the function that FUNCTION_TARGET names. The local suite serves each function under its name. */
function getTargetFunction(request: IncomingMessage): string {
  return process.env.FUNCTION_TARGET || (request.url ?? "").split(/[/?]/)[1] || "";
}

function readHeaders(request: IncomingMessage): SentHeaders {
  return {
    contentType: request.headers["content-type"],
    contentEncoding: request.headers["content-encoding"],
    contentLength: request.headers["content-length"],
  };
}
