/** The only file that imports Sentry's SDK; loaded only if SENTRY_DSN is set. */
import * as Sentry from "@sentry/serverless";
import { type Call, getCallFields } from "./call-context.ts";
import { scrub } from "./scrub.ts";

/**
 * Names of the message attributes that carry a trace: Sentry's header names. They have no `ce-` prefix, because CloudEvents
 * attribute names must not contain a hyphen; CloudEvents readers ignore them.
 */
const TRACE = "sentry-trace";
const BAGGAGE = "baggage";

/** continueTrace declares its result with optional fields that may be undefined; startSpan does not accept undefined. */
type Continued = Partial<Parameters<typeof Sentry.startSpan>[0]>;

/** Pub/Sub rejects attribute values above 1,024 bytes. */
const MAX_ATTRIBUTE_BYTES = 1024;

/**
 * Starts the SDK with only those integrations that cannot read a request, a local variable or the console.
 *
 * @param env SENTRY_DSN, SENTRY_RELEASE, SENTRY_ENVIRONMENT [production], SENTRY_TRACES_SAMPLE_RATE [0.1]
 */
export function startSentry(env: Record<string, string | undefined>) {
  const rate = Number(env.SENTRY_TRACES_SAMPLE_RATE || "0.1");
  Sentry.init({
    ...(env.SENTRY_DSN && { dsn: env.SENTRY_DSN }),
    ...(env.SENTRY_RELEASE && { release: env.SENTRY_RELEASE }),
    // Each function has its own index.cjs and source map.
    ...(env.K_SERVICE && { dist: env.K_SERVICE }),
    environment: env.SENTRY_ENVIRONMENT || "production",
    tracesSampleRate: Number.isFinite(rate) ? rate : 0.1,
    defaultIntegrations: [
      Sentry.inboundFiltersIntegration(),
      Sentry.functionToStringIntegration(),
      Sentry.linkedErrorsIntegration(),
      Sentry.nodeContextIntegration(),
      Sentry.onUncaughtExceptionIntegration(),
      Sentry.onUnhandledRejectionIntegration(),
    ],
    maxBreadcrumbs: 0,
    sendDefaultPii: false,
    beforeSend: (event) => scrub(event, env),
    beforeSendTransaction: (event) => scrub(event, env),
  });
}

/** Runs the work of a call as a transaction, then waits up to `flushMs` milliseconds until the transaction is sent. */
export async function traceCall<T>(
  { name, op, attributes = {}, flushMs }: Call,
  work: () => Promise<T>,
): Promise<T> {
  const trace = { sentryTrace: attributes[TRACE], baggage: attributes[BAGGAGE] };
  try {
    return await Sentry.runWithAsyncContext(() =>
      Sentry.continueTrace(trace, (context) =>
        Sentry.startSpan({ ...(context as Continued), name, op }, work),
      ),
    );
  } finally {
    // Returns at once if there is nothing to send.
    await Sentry.flush(flushMs);
  }
}

/** Runs work as a span of the current transaction. */
export function traceSpan<T>(op: string, name: string, work: () => Promise<T>): Promise<T> {
  return Sentry.startSpan({ op, name }, work);
}

/** The current span as message attributes; empty without a span. */
export function getTraceAttributes(): Record<string, string> {
  const span = Sentry.getActiveSpan();
  if (!span) return {};
  const { traceId, spanId, traceFlags } = span.spanContext();
  const baggage = Object.entries(span.transaction?.getDynamicSamplingContext() ?? {})
    .map(([key, value]) => `sentry-${key}=${encodeURIComponent(String(value))}`)
    .join(",");
  return {
    [TRACE]: `${traceId}-${spanId}-${traceFlags}`,
    ...(baggage && Buffer.byteLength(baggage) <= MAX_ATTRIBUTE_BYTES && { [BAGGAGE]: baggage }),
  };
}

/** Reports an error with the fields of the current call as tags. */
export function reportError(error: unknown) {
  Sentry.captureException(error, { tags: getCallFields() });
}
