import { type handleUnaryCall, type ServiceError, status } from "@grpc/grpc-js";
import type { StoredMessage } from "./journal.ts";
import type { Outstanding, Queue } from "./queue.ts";

/** A gRPC status other than OK, https://grpc.io/docs/guides/status-codes/ */
export class StatusError extends Error {
  override name = "StatusError";
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

/** @param resource full name: `projects/local/topics/t` */
export function notFound(resource: string): StatusError {
  return new StatusError(status.NOT_FOUND, `Resource not found (resource=${resource}).`);
}

/** @param resource full name: `projects/local/topics/t` */
export function alreadyExists(resource: string): StatusError {
  return new StatusError(
    status.ALREADY_EXISTS,
    `Resource already exists in the project (resource=${resource}).`,
  );
}

export function invalidArgument(message: string): StatusError {
  return new StatusError(status.INVALID_ARGUMENT, message);
}

export function outOfRange(message: string): StatusError {
  return new StatusError(status.OUT_OF_RANGE, message);
}

export function failedPrecondition(message: string): StatusError {
  return new StatusError(status.FAILED_PRECONDITION, message);
}

/** Makes a gRPC method of a function that takes the request and returns the response, or throws a StatusError. */
export function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    Promise.resolve()
      .then(() => handle(request))
      .then(
        (response) => callback(null, response),
        (error) => callback(toServiceError(error)),
      );
  };
}

/** Converts anything that was thrown: a StatusError keeps its code, the rest is INTERNAL. */
export function toServiceError(error: unknown): Partial<ServiceError> {
  if (error instanceof StatusError) return { code: error.code, details: error.message };
  return { code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) };
}

/** A delivery in the form of google.pubsub.v1.ReceivedMessage. The ack id is the message's id. */
export function toReceivedMessage({ message, attempt }: Outstanding, queue: Queue) {
  return {
    ackId: message.id,
    message: toPubsubMessage(message),
    deliveryAttempt: queue.resource.deadLetterPolicy ? attempt : 0,
  };
}

function toPubsubMessage({ id, data, attributes, orderingKey, publishTime }: StoredMessage) {
  return {
    messageId: id,
    data: Buffer.from(data, "base64"),
    attributes,
    orderingKey,
    publishTime: { seconds: Math.floor(publishTime / 1000), nanos: (publishTime % 1000) * 1e6 },
  };
}
