import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { badRequest, unauthorized } from "./http-error.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** One webhook request: its bytes as they were received, and its headers. */
export class Delivery {
  readonly body: Buffer;
  readonly receivedAt: Date;
  /** The body as text: the same bytes, which were checked to be UTF-8. */
  readonly text: string;
  readonly mediaType: string;
  readonly #headers: Map<string, string[]>;

  /** @throws {HttpError} 400 when the body is not UTF-8 */
  constructor(
    request: Pick<IncomingMessage, "rawHeaders">,
    body: Buffer,
    mediaType: string,
    receivedAt = new Date(),
  ) {
    this.body = body;
    this.mediaType = mediaType;
    this.receivedAt = receivedAt;
    this.#headers = collect(request.rawHeaders);
    try {
      this.text = utf8.decode(body);
    } catch {
      throw badRequest("The body is not valid UTF-8");
    }
  }

  /** The value of a header that may be missing. @throws {HttpError} 400 when it was sent more than once */
  header(name: string): string | undefined {
    const values = this.#headers.get(name.toLowerCase()) ?? [];
    if (values.length > 1) throw badRequest(`The header ${name} was sent ${values.length} times`);
    return values[0];
  }

  /** The value of a header that every delivery has. @throws {HttpError} 400 when it is missing, empty or repeated */
  requiredHeader(name: string): string {
    const value = this.header(name);
    if (!value) throw badRequest(`The header ${name} is missing`);
    return value;
  }

  /** The value of a header that proves who the sender is. @throws {HttpError} 401 when it is missing, empty or repeated */
  credential(name: string): string {
    const values = this.#headers.get(name.toLowerCase()) ?? [];
    if (values.length > 1) throw unauthorized(`The header ${name} was sent ${values.length} times`);
    if (!values[0]) throw unauthorized(`The header ${name} is missing`);
    return values[0];
  }

  /** The body as a JSON object. @throws {HttpError} 400 when it is none */
  json(): Record<string, unknown> {
    return parseObject(this.text, "The body");
  }

  /**
   * An id for senders that have none: the same for the same bytes from the same source.
   *
   * @param parts what else tells deliveries apart
   */
  hash(source: string, ...parts: string[]): string {
    const hash = createHash("sha256");
    for (const part of [source, ...parts]) hash.update(part).update("\0");
    return hash.update(this.body).digest("hex");
  }
}

/** Parses JSON that must be an object. @throws {HttpError} 400 naming `what` and the reason */
export function parseObject(text: string, what: string): Record<string, unknown> {
  const value = parseJson(text, what);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw badRequest(`${what} is not a JSON object`);
  return value as Record<string, unknown>;
}

/** Parses JSON. @throws {HttpError} 400 naming `what` and where the JSON is broken */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 quotes some of the input after the reason; the sender knows its own body, the log need not.
    const reason = (error as Error).message.replace(/,? "[\s\S]*$/, "");
    throw badRequest(`${what} is not valid JSON: ${reason}`);
  }
}

function collect(rawHeaders: string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), rawHeaders[i + 1] ?? ""]);
  }
  return headers;
}
