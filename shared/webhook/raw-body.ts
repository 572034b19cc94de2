import type { IncomingMessage } from "node:http";
import { subscribeOnce } from "../observability/subscribe-once.ts";

interface SentHeaders {
  contentType: string | undefined;
  contentEncoding: string | undefined;
}

const sent = new WeakMap<IncomingMessage, SentHeaders>();
const names = new Set<string>();

/**
 * Preserves the raw bytes of requests to the named function as `req.rawBody`.
 *
 * The Functions Framework parses and inflates a body before it calls the function. It responds to a malformed body with an
 * HTML page before the signature is verified, and a small compressed body may fill the memory. Bodies of type
 * application/octet-stream it only collects. Node publishes each request before any listener receives it:
 * https://nodejs.org/api/diagnostics_channel.html#event-httpserverrequeststart
 */
export function preserveRawBody(functionName: string) {
  subscribeOnce("http.server.request.start", onRequest);
  names.add(functionName);
}

/** The media type and encoding that the sender sent, also where `preserveRawBody` replaced them. */
export function getSentHeaders(request: IncomingMessage): SentHeaders {
  return sent.get(request) ?? readHeaders(request);
}

function onRequest(message: unknown) {
  const { request } = message as { request: IncomingMessage };
  if (!names.has(getTargetFunction(request))) return;
  sent.set(request, readHeaders(request));
  request.headers["content-type"] = "application/octet-stream";
  delete request.headers["content-encoding"];
}

/** A deployed process serves the function that FUNCTION_TARGET names. The local suite serves each function under its name. */
function getTargetFunction(request: IncomingMessage): string {
  return process.env.FUNCTION_TARGET || (request.url ?? "").split(/[/?]/)[1] || "";
}

function readHeaders(request: IncomingMessage): SentHeaders {
  return {
    contentType: request.headers["content-type"],
    contentEncoding: request.headers["content-encoding"],
  };
}
