import type { ServerResponse } from "node:http";

/** Longer bodies are truncated. */
const MAX_BYTES = 4096;

/** Captures the beginning of a response's body. @returns a function that returns the text so far */
export function captureResponseBody(response: ServerResponse): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const capture = (chunk: unknown) => {
    if (bytes >= MAX_BYTES || (typeof chunk !== "string" && !(chunk instanceof Uint8Array))) return;
    const buffer = Buffer.from(chunk).subarray(0, MAX_BYTES - bytes);
    bytes += buffer.length;
    chunks.push(buffer);
  };
  for (const method of ["write", "end"] as const) {
    const original = response[method].bind(response) as (...values: unknown[]) => unknown;
    Object.assign(response, {
      [method]: (...values: unknown[]) => {
        capture(values[0]);
        return original(...values);
      },
    });
  }
  return () => Buffer.concat(chunks).toString("utf8");
}
