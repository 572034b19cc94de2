import { status } from "@grpc/grpc-js";

/** An answer of gRPC other than OK, https://grpc.io/docs/guides/status-codes/ */
export class StatusError extends Error {
  override name = "StatusError";
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

export function notFound(what: string): StatusError {
  return new StatusError(status.NOT_FOUND, `Resource not found (resource=${what}).`);
}

export function alreadyExists(what: string): StatusError {
  return new StatusError(status.ALREADY_EXISTS, `Resource already exists in the project (resource=${what}).`);
}

export function invalid(message: string): StatusError {
  return new StatusError(status.INVALID_ARGUMENT, message);
}

export function outOfRange(message: string): StatusError {
  return new StatusError(status.OUT_OF_RANGE, message);
}
