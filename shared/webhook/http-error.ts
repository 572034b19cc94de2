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
