import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends a request as it is: unlike fetch, with a header twice, with any bytes, with any method. */
export function request(
  url: string,
  method: string,
  headers: Record<string, string | string[]>,
  body?: Buffer,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      // On a connection of its own: a kept one may be closed by the server at the very moment in which it is used again.
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
