import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends a request verbatim. Unlike fetch it allows a repeated header, any bytes and any method. */
export function request(
  url: string,
  method: string,
  headers: Record<string, string | string[]>,
  body?: Buffer,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      // A new connection: the server may close a kept-alive one at the moment of its reuse.
      { method, agent: false, headers: { ...headers, "content-length": String(body?.length ?? 0) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/**
 * Begins a POST whose body never ends. The connection is closed after the response.
 *
 * @returns the response, and a way to send more of the body
 */
export function startRequest(url: string, headers: Record<string, string>) {
  const sent = httpRequest(url, { method: "POST", agent: false, headers });
  const response = new Promise<Answered>((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", async (received) => {
      resolve({
        status: received.statusCode ?? 0,
        headers: received.headers,
        text: await text(received),
      });
      sent.destroy();
    });
  });
  sent.flushHeaders();
  return { response, write: (chunk: Buffer) => sent.write(chunk) };
}
