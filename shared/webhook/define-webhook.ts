import { http, type Request, type Response } from "@google-cloud/functions-framework";
import { ConfigurationError } from "../config.ts";
import { type Event, eventSchemas, type Source } from "../events/event.ts";
import { annotate } from "../observability/call-context.ts";
import { log } from "../observability/log.ts";
import { initObservability, observe } from "../observability/observe.ts";
import { PublishError, publish } from "../pubsub/publish.ts";
import { Delivery } from "./delivery.ts";
import { badRequest, HttpError } from "./http-error.ts";
import { parseBody } from "./parse-body.ts";
import { preserveRawBody, getSentHeaders } from "./raw-body.ts";

/** Slack waits 3 s for all of it; what is not sent by then is sent with the next delivery. */
const FLUSH_MS = 300;

/** What the sender is told; without a body the answer is empty. */
export interface WebhookResponse {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What a delivery comes to: an answer alone, or an event to publish and the answer once it is stored. */
export type ReadResult<E extends Event> =
  | { answer: WebhookResponse }
  | { event: E; answer?: WebhookResponse };

export interface Webhook<E extends Event> {
  /** Also the function's name, and what its topic is named after. */
  source: E["source"] & Source;
  /** Media types that the sender may use. */
  accepts: string[];
  /** Bytes. */
  maxBodyBytes: number;
  /** How long Pub/Sub may take to confirm, in milliseconds: less than the sender waits for an answer. */
  publishDeadlineMs: number;
  /** Throws `unauthorized(…)` when the delivery is not the sender's. */
  verify(delivery: Delivery): Promise<void>;
  /** Throws `badRequest(…)` when the delivery is not this source's. */
  read(delivery: Delivery): Promise<ReadResult<E>> | ReadResult<E>;
  /** Attributes that subscriptions may filter on, without the `ce-` prefix. */
  filterable(event: E): Record<string, string | null>;
}

/**
 * Registers a source function with the Functions Framework: verified deliveries are published as events.
 *
 * Answers 202 `{"id"}` once the event is stored (or what `read` says), 401, 400, 405 + Allow, 413 and 415 as `{"error"}`,
 * and 503 + Retry-After when Pub/Sub did not confirm: never a 2xx for an event that could be lost.
 */
export function defineWebhook<E extends Event>(webhook: Webhook<E>) {
  initObservability();
  preserveRawBody(webhook.source);
  const call = { name: webhook.source, op: "http.server", flushMs: FLUSH_MS } as const;
  http(webhook.source, async (request, response) => {
    send(response, await observe(call, () => respond(webhook, request)));
  });
}

async function respond<E extends Event>(webhook: Webhook<E>, request: Request): Promise<WebhookResponse> {
  try {
    const delivery = validateRequest(webhook, request);
    await webhook.verify(delivery);
    return await publishEvent(webhook, delivery);
  } catch (error) {
    return toErrorResponse(webhook.source, error);
  }
}

async function publishEvent<E extends Event>(
  webhook: Webhook<E>,
  delivery: Delivery,
): Promise<WebhookResponse> {
  const reading = await webhook.read(delivery);
  if (!("event" in reading)) return reading.answer;
  const { event, answer = { status: 202, body: { id: event.id } } } = reading;
  annotate({ event: event.id, type: event.type });
  // What subscribers could not parse must not get past the door.
  parseBody(eventSchemas[event.source], event);
  await publish(event, webhook.filterable(event), webhook.publishDeadlineMs);
  log("INFO", "Published", { subject: event.subject });
  // For senders whose answer has no body, and for whoever looks a delivery up in the log.
  return { ...answer, headers: { ...answer.headers, "X-Event-Id": event.id } };
}

/** Checks what can be checked before the sender is known. @throws {HttpError} 405, 413, 415, 400 */
function validateRequest<E extends Event>(webhook: Webhook<E>, request: Request): Delivery {
  if (request.method !== "POST")
    throw new HttpError(405, `${request.method} is not allowed, only POST`, { Allow: "POST" });
  const body = request.rawBody ?? Buffer.alloc(0);
  if (body.length > webhook.maxBodyBytes) {
    throw new HttpError(
      413,
      `The body has ${body.length} bytes, more than the ${webhook.maxBodyBytes} accepted`,
    );
  }
  if (body.length === 0) throw badRequest("The body is empty");
  const { contentType, contentEncoding } = getSentHeaders(request);
  const mediaType = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!webhook.accepts.includes(mediaType)) {
    throw new HttpError(415, `Content-Type must be ${webhook.accepts.join(" or ")}`, {
      Accept: webhook.accepts.join(", "),
    });
  }
  if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== "identity") {
    throw new HttpError(415, "Content-Encoding is not supported", { "Accept-Encoding": "identity" });
  }
  return new Delivery(request, body, mediaType);
}

function send(response: Response, answer: WebhookResponse) {
  response.set(answer.headers ?? {});
  response.status(answer.status);
  if (answer.body === undefined) response.end();
  else response.json(answer.body);
}

/** Turns whatever was thrown into an answer, and logs what an operator has to know. */
function toErrorResponse(source: Source, error: unknown): WebhookResponse {
  if (error instanceof HttpError) {
    log("WARNING", `Refused a ${source} delivery`, { status: error.status, reason: error.message });
    return { status: error.status, body: { error: error.message }, headers: error.headers };
  }
  if (error instanceof PublishError || error instanceof ConfigurationError) {
    log("ERROR", `Could not take a ${source} delivery`, { error });
    const body = { error: "The event could not be stored; send it again" };
    return { status: 503, body, headers: { "Retry-After": "30" } };
  }
  log("ERROR", `Failed on a ${source} delivery`, { error });
  return {
    status: 500,
    body: { error: "The delivery was not accepted because of an error on this side" },
  };
}
