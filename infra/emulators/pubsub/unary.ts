import { type handleUnaryCall, type ServiceError, status } from "@grpc/grpc-js";
import { StatusError } from "./status-error.ts";

/** A gRPC method from a function that takes the request and returns the answer, or throws a StatusError. */
export function unary<Request, Answer>(
  handle: (request: Request) => Answer | Promise<Answer>,
): handleUnaryCall<Request, Answer> {
  return ({ request }, callback) => {
    Promise.resolve()
      .then(() => handle(request))
      .then(
        (answer) => callback(null, answer),
        (error) => callback(serviceError(error)),
      );
  };
}

/** @returns what is sent to the client for anything that was thrown */
export function serviceError(error: unknown): Partial<ServiceError> {
  if (error instanceof StatusError) return { code: error.code, details: error.message };
  return { code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) };
}
