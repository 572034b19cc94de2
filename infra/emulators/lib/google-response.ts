import type { ServerResponse } from "node:http";

/** Sends a response as Google's REST APIs do. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8" });
  response.end(JSON.stringify(body));
}

/**
 * Sends an error as Google's REST APIs do.
 *
 * @param status google.rpc.Code of the HTTP status: https://cloud.google.com/apis/design/errors#http_mapping
 */
export function sendError(response: ServerResponse, code: number, status: string, message: string): void {
  sendJson(response, code, { error: { code, message, status } });
}
