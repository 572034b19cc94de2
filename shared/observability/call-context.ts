import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { subscribeOnce } from "./subscribe-once.ts";

/** Fields of every log line and error report of one call of a function. */
export type CallFields = Record<string, string>;

/** One call of a function. */
export interface Call {
  /** The function's name. */
  name: string;
  /** https://develop.sentry.dev/sdk/telemetry/traces/span-operations/ */
  op: "http.server" | "queue.process" | "function.gcp";
  /** Fields of its log lines and error reports, besides those of its context. */
  fields?: CallFields;
  /** Attributes of the handled message: the call continues its trace. A webhook always starts a new trace. */
  attributes?: Record<string, string>;
  /** Longest delay of the response while traces and errors are sent, in milliseconds: Cloud Run may stop an instance after its response. */
  flushMs: number;
}

const storage = new AsyncLocalStorage<CallFields>();

/** The fields of the current call; empty outside of a call. */
export function getCallFields(): CallFields {
  return storage.getStore() ?? {};
}

/** Adds fields to the current call. */
export function annotate(fields: CallFields) {
  Object.assign(getCallFields(), fields);
}

/** Runs work as one call: fields that it adds do not leak into other calls. */
export function runWithCallContext<T>(fields: CallFields, work: () => T): T {
  return storage.run({ ...getCallFields(), ...fields }, work);
}

/**
 * Puts each request's trace into the call context. A subscriber receives an event and not its request, so the trace is read here.
 * Node publishes each request on a diagnostics channel: https://nodejs.org/api/diagnostics_channel.html#event-httpserverrequeststart
 */
export function trackRequestTraces() {
  subscribeOnce("http.server.request.start", startCallContext);
}

function startCallContext(announcement: unknown) {
  const { request } = announcement as { request: IncomingMessage };
  storage.enterWith(parseCloudTrace(request.headers["x-cloud-trace-context"]));
}

/**
 * Log fields that link a line to its request in Cloud Logging, https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields
 *
 * @param header X-Cloud-Trace-Context, `TRACE_ID/SPAN_ID;o=OPTIONS`, https://cloud.google.com/trace/docs/trace-context#legacy-http-header
 */
export function parseCloudTrace(header: string | string[] | undefined): CallFields {
  if (header === undefined) return {};
  const project = process.env.GOOGLE_CLOUD_PROJECT;
  const [, trace, span] = /^([0-9a-f]{32})(?:\/(\d+))?/.exec(String(header)) ?? [];
  if (!project || !trace) return {};
  return {
    "logging.googleapis.com/trace": `projects/${project}/traces/${trace}`,
    // The header has the span in decimal, Cloud Logging expects 16 hexadecimal digits.
    ...(span && { "logging.googleapis.com/spanId": BigInt(span).toString(16).padStart(16, "0") }),
  };
}
