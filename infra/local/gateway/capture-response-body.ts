import type { ServerResponse } from "node:http";

/** More of an answer is not worth keeping. */
const MAX_BYTES = 4096;

/** Keeps the beginning of what is written to a response. @returns what was written so far, as text */
export function captureResponseBody(response: ServerResponse): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const keep = (chunk: unknown) => {
    if (bytes >= MAX_BYTES || (typeof chunk !== "string" && !(chunk instanceof Uint8Array))) return;
    const buffer = Buffer.from(chunk).subarray(0, MAX_BYTES - bytes);
    bytes += buffer.length;
    chunks.push(buffer);
  };
  for (const method of ["write", "end"] as const) {
    const original = response[method].bind(response) as (...values: unknown[]) => unknown;
    Object.assign(response, {
      [method]: (...values: unknown[]) => {
        keep(values[0]);
        return original(...values);
      },
    });
  }
  return () => Buffer.concat(chunks).toString("utf8");
}
