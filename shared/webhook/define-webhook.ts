import { http, type Request, type Response } from "@google-cloud/functions-framework";
import { z } from "zod";
import { ConfigurationError } from "../configuration-error.ts";
import { type Event, eventSchemas, type Source } from "../events/event.ts";
import { toStorable } from "../events/to-storable.ts";
import { annotate, parseCloudTrace } from "../observability/call-context.ts";
import { log } from "../observability/log.ts";
import { initObservability, observe } from "../observability/observe.ts";
import { PublishError, publish } from "../pubsub/publish.ts";
import { connectEarly } from "../pubsub/publisher-client.ts";
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
  connectEarly(webhook.source);
  const call = { name: webhook.source, op: "http.server", flushMs: FLUSH_MS } as const;
  http(webhook.source, (request, response) => {
    const fields = parseCloudTrace(request.headers["x-cloud-trace-context"]);
    // `respond` never rejects.
    return observe({ ...call, fields }, () => respond(webhook, request)).then((result) =>
      send(response, result),
    );
  });
  return webhook;
}

/** One asynchronous function on purpose: each promise of a delivery costs more than the code around it, because the framework tracks it. */
async function respond<E extends Event>(webhook: Webhook<E>, request: Request): Promise<WebhookResponse> {
  try {
    if (request.method !== "POST")
      throw new HttpError(405, `${request.method} is not allowed, only POST`, { Allow: "POST" });
    request.rawBody = await readRawBody(request, webhook.maxBodyBytes);
    const delivery = receiveDelivery(webhook, request, request.rawBody);
    await webhook.verify(delivery);
    const reading = webhook.read(delivery);
    const result = reading instanceof Promise ? await reading : reading;
    if (!("event" in result)) return result.response;
    const payload = delivery.findPayloadJson(result.event.payload);
    const event = prepareEvent(result.event, delivery.body.length, payload?.json);
    // A payload that is nested too deep was dropped.
    const sent = event.payload === null ? undefined : payload?.bytes;
    await publish(event, webhook.filterable(event), webhook.publishDeadlineMs, sent);
    log("INFO", "Published", { subject: event.subject });
    const { status, body, headers } = result.response ?? { status: 202, body: { id: event.id } };
    // The header gives the event's id where the response has no body.
    return { status, body, headers: { ...headers, "X-Event-Id": event.id } };
  } catch (error) {
    return toErrorResponse(webhook.source, error);
  }
}

/** Makes an event storable and checks it against its schema. @throws {HttpError} 400 */
function prepareEvent<E extends Event>(read: E, bodyBytes: number, payloadJson: string | undefined): E {
  const event = toStorable(read, bodyBytes, payloadJson);
  annotate({ event: event.id, type: event.type });
  // Reject here what no subscriber could parse: it would end in every dead-letter queue. The payload was parsed from JSON: any is valid.
  const { payload: _, ...fields } = event;
  parseBody(getFieldSchema(event.source), fields);
  return event;
}

const fieldSchemas = new Map<Source, z.ZodType>();

/** The schema of a source's events without their payload. */
function getFieldSchema(source: Source): z.ZodType {
  const cached = fieldSchemas.get(source);
  if (cached) return cached;
  const schema = z.object(eventSchemas[source].shape).omit({ payload: true });
  fieldSchemas.set(source, schema);
  return schema;
}

/** Checks size, media type and encoding, before the sender is verified. @throws {HttpError} 415, 400 */
function receiveDelivery<E extends Event>(webhook: Webhook<E>, request: Request, body: Buffer): Delivery {
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

/** Writes to Node's response: Express would look for a fresh copy in the sender's cache, and for settings that nothing sets. */
function send(response: Response, { status, body, headers }: WebhookResponse) {
  // Not only in the head: what records deliveries reads them from the response.
  for (const name in headers) response.setHeader(name, headers[name] ?? "");
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const json = JSON.stringify(body);
  const length = Buffer.byteLength(json);
  // A string goes to the socket together with the head.
  response
    .writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Content-Length": length })
    .end(json);
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
