import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseLossless } from "../events/lossless-json.ts";
import { toStorableJson } from "../events/storable-json.ts";

/** One webhook request: its unchanged bytes, and its headers. */
export class Delivery {
  readonly body: Buffer;
  readonly receivedAt: Date;
  /** The body, decoded as UTF-8. */
  readonly text: string;
  readonly mediaType: string;
  readonly #rawHeaders: string[];
  #json: ParsedJson<Record<string, unknown>> | undefined;

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
    this.#rawHeaders = request.rawHeaders;
    if (!isUtf8(body)) throw badRequest("The body is not valid UTF-8");
    this.text = body.toString("utf8");
  }

  /** Value of an optional header. @throws {HttpError} 400 if it was sent more than once */
  header(name: string): string | undefined {
    const values = this.#findHeaders(name);
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
    const values = this.#findHeaders(name);
    if (values.length > 1) throw unauthorized(`The header ${name} was sent ${values.length} times`);
    if (!values[0]) throw unauthorized(`The header ${name} is missing`);
    return values[0];
  }

  /** The body as a JSON object, always the same one. @throws {HttpError} 400 if it is not one */
  json(): Record<string, unknown> {
    this.#json ??= parseJsonObject(this.text, "The body");
    return this.#json.value;
  }

  /**
   * The JSON that the sender wrote for a payload, digit for digit, with U+FFFD for NUL and unpaired surrogates.
   *
   * @returns undefined if the payload is not the object that `json` returned
   */
  findPayloadJson(payload: object | null): PayloadJson | undefined {
    if (!this.#json || this.#json.value !== payload) return undefined;
    const { json } = this.#json;
    return { json, bytes: json === this.text ? this.body : Buffer.from(json) };
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

  #findHeaders(name: string): string[] {
    const lower = name.toLowerCase();
    const values: string[] = [];
    // Names and values alternate, https://nodejs.org/api/http.html#messagerawheaders
    for (let i = 0; i + 1 < this.#rawHeaders.length; i += 2)
      if (this.#rawHeaders[i]?.toLowerCase() === lower) values.push(this.#rawHeaders[i + 1] ?? "");
    return values;
  }
}

/** A payload as its sender wrote it. */
export interface PayloadJson {
  json: string;
  /** The same in UTF-8. */
  bytes: Buffer;
}

/** JSON text of a sender without what no store keeps, and its value. */
interface ParsedJson<T> {
  value: T;
  json: string;
}

/** Parses a JSON object. @throws {HttpError} 400 with `what` and the reason */
export function parseObject(text: string, what: string): Record<string, unknown> {
  return parseJsonObject(text, what).value;
}

/** Parses JSON; the last value of a repeated key counts. @throws {HttpError} 400 with `what` and the reason, without any of the input */
export function parseJson(text: string, what: string): unknown {
  return parseStorableJson(text, what).value;
}

function parseJsonObject(text: string, what: string): ParsedJson<Record<string, unknown>> {
  const { value, json } = parseStorableJson(text, what);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw badRequest(`${what} is not a JSON object`);
  return { value: value as Record<string, unknown>, json };
}

function parseStorableJson(text: string, what: string): ParsedJson<unknown> {
  try {
    // RFC 8259 section 8.1 lets a parser ignore the byte order mark that scripts on Windows write. The signature covers it.
    const json = toStorableJson(text.startsWith("\uFEFF") ? text.slice(1) : text);
    return { value: parseLossless(json), json };
  } catch (error) {
    // V8 appends a part of the input to the reason, of a long input with three points before it. The input must not get into the log.
    const reason = (error as Error).message.replace(/,? (?:\.\.\.)?"[\s\S]*$/, "");
    throw badRequest(`${what} is not valid JSON: ${reason}`);
  }
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
