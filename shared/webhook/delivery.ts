import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseLossless } from "../events/lossless-json.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** One webhook request: its unchanged bytes, and its headers. */
export class Delivery {
  readonly body: Buffer;
  readonly receivedAt: Date;
  /** The body, decoded as UTF-8. */
  readonly text: string;
  readonly mediaType: string;
  readonly #headers: Map<string, string[]>;

  /** @throws {HttpError} 400 if the body is not UTF-8 */
  constructor(
    request: Pick<IncomingMessage, "rawHeaders">,
    body: Buffer,
    mediaType: string,
    receivedAt = new Date(),
  ) {
    this.body = body;
    this.mediaType = mediaType;
    this.receivedAt = receivedAt;
    this.#headers = collectHeaders(request.rawHeaders);
    try {
      this.text = utf8.decode(body);
    } catch {
      throw badRequest("The body is not valid UTF-8");
    }
  }

  /** Value of an optional header. @throws {HttpError} 400 if it was sent more than once */
  header(name: string): string | undefined {
    const values = this.#headers.get(name.toLowerCase()) ?? [];
    if (values.length > 1) throw badRequest(`The header ${name} was sent ${values.length} times`);
    return values[0];
  }

  /** Value of a required header. @throws {HttpError} 400 if it is missing, empty or repeated */
  requiredHeader(name: string): string {
    const value = this.header(name);
    if (!value) throw badRequest(`The header ${name} is missing`);
    return value;
  }

  /** Value of a header that authenticates the sender. @throws {HttpError} 401 if it is missing, empty or repeated */
  credential(name: string): string {
    const values = this.#headers.get(name.toLowerCase()) ?? [];
    if (values.length > 1) throw unauthorized(`The header ${name} was sent ${values.length} times`);
    if (!values[0]) throw unauthorized(`The header ${name} is missing`);
    return values[0];
  }

  /** The body as a JSON object. @throws {HttpError} 400 if it is not one */
  json(): Record<string, unknown> {
    return parseObject(this.text, "The body");
  }

  /**
   * Event id for senders that do not send one: the SHA-256 of source, parts and body, in hex.
   *
   * @param parts further values that distinguish deliveries with the same body
   */
  hash(source: string, ...parts: string[]): string {
    const hash = createHash("sha256");
    for (const part of [source, ...parts]) hash.update(part).update("\0");
    return hash.update(this.body).digest("hex");
  }
}

/** Parses a JSON object. @throws {HttpError} 400 with `what` and the reason */
export function parseObject(text: string, what: string): Record<string, unknown> {
  const value = parseJson(text, what);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw badRequest(`${what} is not a JSON object`);
  return value as Record<string, unknown>;
}

/** Parses JSON; the last value of a repeated key counts. @throws {HttpError} 400 with `what` and the reason, without any of the input */
export function parseJson(text: string, what: string): unknown {
  try {
    // RFC 8259 section 8.1 lets a parser ignore the byte order mark that scripts on Windows write. The signature covers it.
    return parseLossless(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // V8 appends a part of the input to the reason, of a long input with three points before it. The input must not get into the log.
    const reason = (error as Error).message.replace(/,? (?:\.\.\.)?"[\s\S]*$/, "");
    throw badRequest(`${what} is not valid JSON: ${reason}`);
  }
}

function collectHeaders(rawHeaders: string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), rawHeaders[i + 1] ?? ""]);
  }
  return headers;
}

/** Rejects a request: defineWebhook responds with this status and the JSON body `{"error": message}`. */
export class HttpError extends Error {
  override name = "HttpError";
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** 401: the sender is not authenticated. The message must contain neither the secret nor the expected value. */
export function unauthorized(message: string): HttpError {
  return new HttpError(401, message);
}

/** 400: the request is not one that this source sends. */
export function badRequest(message: string): HttpError {
  return new HttpError(400, message);
}
