import { http, type Request, type Response } from "@google-cloud/functions-framework";
import { ConfigurationError } from "../configuration-error.ts";
import { type Event, eventSchemas, type Source } from "../events/event.ts";
import { toStorable } from "../events/to-storable.ts";
import { annotate } from "../observability/call-context.ts";
import { log } from "../observability/log.ts";
import { initObservability, observe } from "../observability/observe.ts";
import { PublishError, publish } from "../pubsub/publish.ts";
import { badRequest, Delivery, HttpError } from "./delivery.ts";
import { parseBody } from "./parse-body.ts";
import { getSentHeaders, preserveRawBody, readRawBody } from "./raw-body.ts";

/** Slack waits 3 s for the whole response. Traces that are not sent within this time are sent with the next delivery. */
const FLUSH_MS = 300;

/** HTTP response to the sender. `body` is sent as JSON; without it the response is empty. */
export interface WebhookResponse {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Result of reading a delivery: a response only, or an event to publish and the response to send once it is stored. */
export type ReadResult<E extends Event> =
  | { response: WebhookResponse }
  | { event: E; response?: WebhookResponse };

/** A source function: whom it trusts, and how it turns a delivery into an event. */
export interface Webhook<E extends Event> {
  /** Also the function's name; its topic is `<source>-events`. */
  source: E["source"] & Source;
  /** Media types that the sender may use. */
  accepts: string[];
  /** Larger bodies get 413, before they are read. */
  maxBodyBytes: number;
  /** How long Pub/Sub may take to confirm, in milliseconds: less than the sender waits for a response. */
  publishDeadlineMs: number;
  /** @throws {HttpError} 401 if the delivery is not the sender's */
  verify(delivery: Delivery): Promise<void>;
  /** @throws {HttpError} 400 if the body does not match the source's schema */
  read(delivery: Delivery): Promise<ReadResult<E>> | ReadResult<E>;
  /** Attributes that subscriptions may filter on, without the `ce-` prefix. */
  filterable(event: E): Record<string, string | null>;
}

/**
 * Registers a source function with the Functions Framework. It publishes each verified delivery as an event.
 *
 * Responses: 202 `{"id"}` once the event is stored, or the response that `read` returned; 400, 401, 405 + Allow, 413 and 415 with
 * `{"error"}`; 503 + Retry-After if Pub/Sub did not confirm. An event that could be lost never gets a 2xx.
 *
 * @returns the definition, for tests of its parts
 */
export function defineWebhook<E extends Event>(webhook: Webhook<E>): Webhook<E> {
  initObservability();
  preserveRawBody(webhook.source);
  const call = { name: webhook.source, op: "http.server", flushMs: FLUSH_MS } as const;
  http(webhook.source, async (request, response) => {
    send(response, await observe(call, () => respond(webhook, request)));
  });
  return webhook;
}

async function respond<E extends Event>(webhook: Webhook<E>, request: Request): Promise<WebhookResponse> {
  try {
    const delivery = await receiveDelivery(webhook, request);
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
  const result = await webhook.read(delivery);
  if (!("event" in result)) return result.response;
  const event = toStorable(result.event, delivery.body.length);
  const { response = { status: 202, body: { id: event.id } } } = result;
  annotate({ event: event.id, type: event.type });
  // Reject here what no subscriber could parse: it would end in every dead-letter queue.
  parseBody(eventSchemas[event.source], event);
  await publish(event, webhook.filterable(event), webhook.publishDeadlineMs);
  log("INFO", "Published", { subject: event.subject });
  // The header gives the event's id where the response has no body.
  return { ...response, headers: { ...response.headers, "X-Event-Id": event.id } };
}

/** Checks method, size, media type and encoding, before the sender is verified. @throws {HttpError} 405, 413, 415, 400 */
async function receiveDelivery<E extends Event>(webhook: Webhook<E>, request: Request): Promise<Delivery> {
  if (request.method !== "POST")
    throw new HttpError(405, `${request.method} is not allowed, only POST`, { Allow: "POST" });
  const body = await readRawBody(request, webhook.maxBodyBytes);
  request.rawBody = body;
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

function send(response: Response, { status, body, headers = {} }: WebhookResponse) {
  response.set(headers);
  response.status(status);
  if (body === undefined) response.end();
  else response.json(body);
}

/** Turns an error into the response to the sender, and logs its reason for the operator. */
function toErrorResponse(source: Source, error: unknown): WebhookResponse {
  if (error instanceof HttpError) {
    log("WARNING", `Rejected a ${source} delivery`, { status: error.status, reason: error.message });
    return { status: error.status, body: { error: error.message }, headers: error.headers };
  }
  if (error instanceof PublishError || error instanceof ConfigurationError) {
    log("ERROR", `Could not publish a ${source} delivery`, { error });
    const body = { error: "The event could not be stored; send it again" };
    return { status: 503, body, headers: { "Retry-After": "30" } };
  }
  log("ERROR", `Failed on a ${source} delivery`, { error });
  return {
    status: 500,
    body: { error: "The delivery was not accepted because of an internal error" },
  };
}
