import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

interface SentHeaders {
  contentType: string | undefined;
  contentEncoding: string | undefined;
}

const sent = new WeakMap<IncomingMessage, SentHeaders>();
const names = new Set<string>();

/**
 * Has requests to the named function reach it with their bytes untouched, as `req.rawBody`.
 *
 * The Functions Framework parses and inflates a body before it calls the function: a malformed one is answered with an
 * HTML page before a signature was looked at, and a small compressed one may fill the memory. Shown the media type of
 * arbitrary bytes it only collects them. Node announces each request before any listener sees it:
 * https://nodejs.org/api/diagnostics_channel.html#event-httpserverrequeststart
 */
export function preserveRawBody(functionName: string) {
  if (names.size === 0) subscribe("http.server.request.start", onRequest);
  names.add(functionName);
}

/** The media type and encoding that the sender named, whatever the framework was shown. */
export function getSentHeaders(request: IncomingMessage): SentHeaders {
  return sent.get(request) ?? headersNow(request);
}

function onRequest(announcement: unknown) {
  const { request } = announcement as { request: IncomingMessage };
  if (!names.has(addressedFunction(request))) return;
  sent.set(request, headersNow(request));
  request.headers["content-type"] = "application/octet-stream";
  delete request.headers["content-encoding"];
}

/** A deployed process serves the one function that FUNCTION_TARGET names; the local suite serves all, each under its name. */
function addressedFunction(request: IncomingMessage): string {
  return process.env.FUNCTION_TARGET || (request.url ?? "").split(/[/?]/)[1] || "";
}

function headersNow(request: IncomingMessage): SentHeaders {
  return {
    contentType: request.headers["content-type"],
    contentEncoding: request.headers["content-encoding"],
  };
}
