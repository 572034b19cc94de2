/** Codes in place of a protocol version, https://www.postgresql.org/docs/current/protocol-message-formats.html */
const SSL_REQUEST = 80877103;
const GSSENC_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** Messages that end an exchange: Query, Sync, FunctionCall, CopyDone, CopyFail. */
const ENDS_EXCHANGE = new Set([..."QSFcf"].map((letter) => letter.charCodeAt(0)));
const TERMINATE = "X".charCodeAt(0);

export type FrontendMessage =
  /** A request for encryption. The server refuses it with one byte. */
  | { kind: "encryption" }
  | { kind: "cancel" }
  | { kind: "terminate" }
  /** One or more messages that must run without a message of another connection in between. */
  | { kind: "exchange"; bytes: Buffer };

/** Splits a client's byte stream into messages. Chunks may end anywhere. */
export class FrontendMessages {
  #buffer = Buffer.alloc(0);
  #started = false;
  #exchange: Buffer[] = [];

  /** @returns the messages that these bytes complete */
  push(bytes: Buffer): FrontendMessage[] {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const complete: FrontendMessage[] = [];
    for (let message = this.#next(); message; message = this.#next()) {
      const read = this.#started ? this.#readTyped(message) : this.#readStartup(message);
      if (read) complete.push(read);
    }
    return complete;
  }

  /** Messages have no type byte until the start-up message has arrived. */
  #next(): Buffer | undefined {
    const lengthAt = this.#started ? 1 : 0;
    if (this.#buffer.length < lengthAt + 4) return undefined;
    const end = lengthAt + this.#buffer.readInt32BE(lengthAt);
    if (this.#buffer.length < end) return undefined;
    const message = this.#buffer.subarray(0, end);
    this.#buffer = this.#buffer.subarray(end);
    return message;
  }

  #readStartup(message: Buffer): FrontendMessage {
    switch (message.length >= 8 ? message.readInt32BE(4) : 0) {
      case SSL_REQUEST:
      case GSSENC_REQUEST:
        return { kind: "encryption" };
      case CANCEL_REQUEST:
        return { kind: "cancel" };
      default:
        this.#started = true;
        return { kind: "exchange", bytes: message };
    }
  }

  #readTyped(message: Buffer): FrontendMessage | undefined {
    const type = message[0] ?? 0;
    if (type === TERMINATE) return { kind: "terminate" };
    this.#exchange.push(message);
    if (!ENDS_EXCHANGE.has(type)) return undefined;
    const bytes = Buffer.concat(this.#exchange);
    this.#exchange = [];
    return { kind: "exchange", bytes };
  }
}
