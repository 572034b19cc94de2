import { type Call, trackRequestTraces, runWithCallContext } from "./call-context.ts";
import { log } from "./log.ts";
import { setReporter } from "./report.ts";

type Sentry = typeof import("./sentry.ts");

let loading: Promise<Sentry | undefined> | undefined;
let sentry: Sentry | undefined;

/** Begins to load what is needed to observe calls: Sentry only where SENTRY_DSN is set, because it makes a cold start longer. */
export function initObservability() {
  trackRequestTraces();
  if (process.env.SENTRY_DSN) loading ??= load();
}

/** Does the work of a call: its log lines carry what is known about it, and with Sentry it is traced. */
export async function observe<T>(call: Call, work: () => Promise<T>): Promise<T> {
  await loading;
  const { traceCall } = sentry ?? {};
  return runWithCallContext({ function: call.name }, () => (traceCall ? traceCall(call, work) : work()));
}

/** Does work as a part of the call that is shown by itself in its trace. */
export function withSpan<T>(op: string, name: string, work: () => Promise<T>): Promise<T> {
  return sentry ? sentry.traceSpan(op, name, work) : work();
}

/** Attributes of a message by which whoever handles it continues the trace; none without one. */
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
    // Deliveries matter more than being told about them.
    log("WARNING", "Sentry could not be started", { error });
  }
  return sentry;
}
