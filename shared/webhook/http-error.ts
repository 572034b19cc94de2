/** A refusal of a request: turned into an answer with this status and a JSON body `{"error": message}`. */
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

/** The sender could not prove who it is. The message must say neither the secret nor the expected value. */
export function unauthorized(message: string): HttpError {
  return new HttpError(401, message);
}

/** The request is not what this source sends. */
export function badRequest(message: string): HttpError {
  return new HttpError(400, message);
}
