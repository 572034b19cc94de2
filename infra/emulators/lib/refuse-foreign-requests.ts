import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** Names of this machine's loopback interface, as in the Host header without the port. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

export interface Refusal {
  status: 403 | 415;
  error: string;
}

/** The part of a request that decides whether it is refused. */
export type RequestHead = Pick<IncomingMessage, "method" | "headers">;

/**
 * Refuses requests that a page of another site sends through the developer's browser, and bodies that are not JSON.
 *
 * A page may send a form or text to any address without asking first, and it may let its own name point to 127.0.0.1 (DNS rebinding):
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS#simple_requests
 *
 * @param bodies `form`: forms are accepted as well
 * @returns Express middleware that responds 403 or 415 with `{"error": …}`
 */
export function refuseForeignRequests({ bodies = "json" }: { bodies?: "json" | "form" } = {}) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const refusal = refuseForeign(request) ?? refuseBody(request, bodies);
    if (refusal) sendRefusal(request, response, refusal);
    else next();
  };
}

/** @returns a refusal of a request that comes from another site or for another host */
export function refuseForeign({ method, headers }: RequestHead): Refusal | undefined {
  if (!isLoopback(headers)) return { status: 403, error: "Requests for another host are refused" };
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  // A link on another site may open a page.
  const isLink = method === "GET" && headers["sec-fetch-mode"] === "navigate";
  const isForeign = (origin !== undefined && !isOwnOrigin(origin, headers)) || site === "cross-site";
  return isForeign && !isLink ? { status: 403, error: "Requests from other sites are refused" } : undefined;
}

/** @returns a refusal of a body that is not JSON, or a form where forms are accepted */
export function refuseBody({ headers }: RequestHead, bodies: "json" | "form"): Refusal | undefined {
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  const type = headers["content-type"] ?? "";
  if (!hasBody || JSON_TYPE.test(type) || (bodies === "form" && FORM_TYPE.test(type))) return undefined;
  return { status: 415, error: "Send the body as application/json" };
}

/** Whether a request names this machine. A tunnel names its public host, or says for whom it forwards the request. */
export function isLoopback(headers: IncomingHttpHeaders): boolean {
  const isForwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host"].some((name) => name in headers);
  return !isForwarded && LOOPBACK.has((headers.host ?? "").replace(/:\d+$/, "").toLowerCase());
}

export function sendRefusal(request: IncomingMessage, response: ServerResponse, { status, error }: Refusal) {
  request.resume();
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error }));
}

function isOwnOrigin(origin: string, { host }: IncomingHttpHeaders): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
