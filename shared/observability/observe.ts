import { type Call, runWithCallContext, trackRequestTraces } from "./call-context.ts";
import { log, setReporter } from "./log.ts";

type Sentry = typeof import("./sentry.ts");

let loading: Promise<Sentry | undefined> | undefined;
let sentry: Sentry | undefined;

/** Starts to observe requests. Loads Sentry only if SENTRY_DSN is set, because it makes a cold start longer. */
export function initObservability() {
  trackRequestTraces();
  if (process.env.SENTRY_DSN) loading ??= load();
}

/** Runs the work of a call in its own call context, and traces it if Sentry is on. */
export async function observe<T>(call: Call, work: () => Promise<T>): Promise<T> {
  if (loading) await loading;
  const { traceCall } = sentry ?? {};
  return runWithCallContext({ function: call.name }, () => (traceCall ? traceCall(call, work) : work()));
}

/** Runs work as a span of the current trace. */
export function withSpan<T>(op: string, name: string, work: () => Promise<T>): Promise<T> {
  return sentry ? sentry.traceSpan(op, name, work) : work();
}

/** Message attributes that let the subscriber continue the current trace; empty without a trace. */
export function getTraceAttributes(): Record<string, string> {
  return sentry?.getTraceAttributes() ?? {};
}

async function load(): Promise<Sentry | undefined> {
  try {
    const loaded = await import("./sentry.ts");
    loaded.startSentry(process.env);
    setReporter(loaded.reportError);
    sentry = loaded;
  } catch (error) {
    // A failure of Sentry must not fail deliveries.
    log("WARNING", "Sentry could not be started", { error });
  }
  return sentry;
}
