/** Length of HTTP/2's connection preface, `PRI * HTTP/2.0…`, https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const PREFACE_BYTES = 24;
const FRAME_HEADER_BYTES = 9;
const HEADERS_FRAME = 1;

/**
 * Finds the HEADERS frames in one direction of an HTTP/2 connection. With gRPC, the client's first one of a stream is a call, the server's
 * is its response. https://www.rfc-editor.org/rfc/rfc9113#section-4.1
 */
export class HeadersFrames {
  #buffer: Buffer = Buffer.alloc(0);
  #skip: number;

  /** @param from the client's direction begins with the preface */
  constructor(from: "client" | "server") {
    this.#skip = from === "client" ? PREFACE_BYTES : 0;
  }

  /** @returns whether a HEADERS frame begins in this chunk. Chunks may end anywhere. */
  push(chunk: Buffer): boolean {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    let found = false;
    for (;;) {
      const skipped = Math.min(this.#skip, this.#buffer.length);
      this.#buffer = this.#buffer.subarray(skipped);
      this.#skip -= skipped;
      if (this.#skip > 0 || this.#buffer.length < FRAME_HEADER_BYTES) return found;
      found ||= this.#buffer[3] === HEADERS_FRAME;
      this.#skip = FRAME_HEADER_BYTES + this.#buffer.readUIntBE(0, 3);
    }
  }
}

/**
 * Recognizes a statement in a chunk from node-postgres, which writes each message at once and waits for its response.
 * Q is a query, P the text of one with parameters: https://www.postgresql.org/docs/current/protocol-message-formats.html
 *
 * @returns undefined for reads and for everything else
 */
export function recognizeStatement(chunk: Buffer): "write" | "commit" | undefined {
  const kind = String.fromCharCode(chunk[0] ?? 0);
  if (kind !== "Q" && kind !== "P") return undefined;
  // Q: the text; P: a name, then the text.
  const text =
    chunk
      .toString("latin1", 5, 300)
      .split("\0")
      .find((part) => part !== "") ?? "";
  if (/^commit/i.test(text)) return "commit";
  return /^(insert|update|delete)\b/i.test(text) ? "write" : undefined;
}
