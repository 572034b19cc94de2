import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** What every log line and every report of one call of a function says. */
export type CallFields = Record<string, string>;

/** One call of a function. */
export interface Call {
  /** The function's name. */
  name: string;
  /** https://develop.sentry.dev/sdk/telemetry/traces/span-operations/ */
  op: "http.server" | "queue.process";
  /** Attributes of the message that is handled: its trace goes on. A webhook begins one, whatever its sender sends. */
  attributes?: Record<string, string>;
  /** How long the answer may wait until what was recorded is sent, in milliseconds: an instance that has answered may be stopped. */
  flushMs: number;
}

const storage = new AsyncLocalStorage<CallFields>();
let following = false;

/** What is known about the call that is being answered; nothing outside of one. */
export function getCallFields(): CallFields {
  return storage.getStore() ?? {};
}

/** Adds to what is known about the call. */
export function annotate(fields: CallFields) {
  Object.assign(getCallFields(), fields);
}

/** Does work as one call: what it adds to the fields is its own. */
export function runWithCallContext<T>(fields: CallFields, work: () => T): T {
  return storage.run({ ...getCallFields(), ...fields }, work);
}

/**
 * Has each request's trace be known while it is answered: a subscriber is given an event and not the request that brought it.
 * Node announces requests: https://nodejs.org/api/diagnostics_channel.html#event-httpserverrequeststart
 */
export function trackRequestTraces() {
  if (following) return;
  following = true;
  subscribe("http.server.request.start", (announcement) => {
    const { request } = announcement as { request: IncomingMessage };
    storage.enterWith(parseCloudTrace(request.headers["x-cloud-trace-context"]));
  });
}

/**
 * Fields by which Cloud Logging shows a line with its request, https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields
 *
 * @param header `TRACE_ID/SPAN_ID;o=OPTIONS`, https://cloud.google.com/trace/docs/trace-context#legacy-http-header
 */
export function parseCloudTrace(header: string | string[] | undefined): CallFields {
  const project = process.env.GOOGLE_CLOUD_PROJECT;
  const [, trace, span] = /^([0-9a-f]{32})(?:\/(\d+))?/.exec(String(header ?? "")) ?? [];
  if (!project || !trace) return {};
  return {
    "logging.googleapis.com/trace": `projects/${project}/traces/${trace}`,
    // The header has the span in decimal, the log wants sixteen hexadecimal digits.
    ...(span && { "logging.googleapis.com/spanId": BigInt(span).toString(16).padStart(16, "0") }),
  };
}
