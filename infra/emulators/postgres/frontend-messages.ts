/** Codes in the place of a protocol version, https://www.postgresql.org/docs/current/protocol-message-formats.html */
const SSL_REQUEST = 80877103;
const GSSENC_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** Messages after which the server answers and is ready for the next: Query, Sync, FunctionCall, and the ends of a COPY. */
const ENDS_EXCHANGE = new Set([..."QSFcf"].map((letter) => letter.charCodeAt(0)));
const TERMINATE = "X".charCodeAt(0);

export type FrontendMessage =
  /** Asks for encryption, which is refused with one byte. */
  | { kind: "encryption" }
  | { kind: "cancel" }
  | { kind: "terminate" }
  /** One or more messages that belong together: no other connection's may come between them. */
  | { kind: "exchange"; bytes: Buffer };

/** Cuts what a client sends into messages, whichever way the bytes arrive. */
export class FrontendMessages {
  #buffer = Buffer.alloc(0);
  #started = false;
  #exchange: Buffer[] = [];

  /** @returns what is complete with these bytes */
  push(bytes: Buffer): FrontendMessage[] {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const complete: FrontendMessage[] = [];
    for (let message = this.#next(); message; message = this.#next()) {
      const read = this.#started ? this.#typed(message) : this.#startup(message);
      if (read) complete.push(read);
    }
    return complete;
  }

  /** Before the start-up message is through, messages have no type byte. */
  #next(): Buffer | undefined {
    const lengthAt = this.#started ? 1 : 0;
    if (this.#buffer.length < lengthAt + 4) return undefined;
    const end = lengthAt + this.#buffer.readInt32BE(lengthAt);
    if (this.#buffer.length < end) return undefined;
    const message = this.#buffer.subarray(0, end);
    this.#buffer = this.#buffer.subarray(end);
    return message;
  }

  #startup(message: Buffer): FrontendMessage {
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

  #typed(message: Buffer): FrontendMessage | undefined {
    const type = message[0] ?? 0;
    if (type === TERMINATE) return { kind: "terminate" };
    this.#exchange.push(message);
    if (!ENDS_EXCHANGE.has(type)) return undefined;
    const bytes = Buffer.concat(this.#exchange);
    this.#exchange = [];
    return { kind: "exchange", bytes };
  }
}
