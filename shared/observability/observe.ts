import { type Call, runWithCallContext } from "./call-context.ts";
import { log, setReporter } from "./log.ts";

type Sentry = typeof import("./sentry.ts");

let loading: Promise<Sentry | undefined> | undefined;
let sentry: Sentry | undefined;

/** Loads Sentry if SENTRY_DSN is set; it makes a cold start longer. */
export function initObservability() {
  if (process.env.SENTRY_DSN) loading ??= load();
}

/** Runs the work of a call in its own call context, and traces it if Sentry is on. */
export function observe<T>(call: Call, work: () => Promise<T>): Promise<T> {
  return loading ? traceWhenLoaded(loading, call, work) : runInContext(call, work);
}

async function traceWhenLoaded<T>(
  loaded: Promise<Sentry | undefined>,
  call: Call,
  work: () => Promise<T>,
): Promise<T> {
  const traceCall = (await loaded)?.traceCall;
  return runInContext(call, () => (traceCall ? traceCall(call, work) : work()));
}

function runInContext<T>({ name, fields }: Call, work: () => T): T {
  return runWithCallContext({ ...fields, function: name }, work);
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
