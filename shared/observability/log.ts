import { channel } from "node:diagnostics_channel";
import { getCallFields } from "./call-context.ts";
import { report } from "./report.ts";

/** Severities of Cloud Logging, https://cloud.google.com/logging/docs/structured-logging */
type Severity = "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";

/** Every line, those that LOG_LEVEL hides included, for whoever is in the same process: https://nodejs.org/api/diagnostics_channel.html */
export const LOG_CHANNEL = "ci-tooling.log";
const lines = channel(LOG_CHANNEL);

const order: Severity[] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];

/**
 * Writes one structured log line, with the trace of the request and the id of the event that is being handled. Errors are written
 * with their stack and causes, and those that are logged as ERROR or worse are reported as well.
 * Never pass a secret, a signature or a payload: fields are written as they are.
 *
 * `LOG_LEVEL` (default INFO) hides what is less severe.
 */
export function log(severity: Severity, message: string, fields: Record<string, unknown> = {}) {
  if (order.indexOf(severity) >= order.indexOf("ERROR") && fields.error !== undefined) report(fields.error);
  const line = { severity, message, ...getCallFields(), ...fields, ...describe(fields.error) };
  lines.publish(line);
  const least = order.indexOf((process.env.LOG_LEVEL?.toUpperCase() ?? "INFO") as Severity);
  if (order.indexOf(severity) < least) return;
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function describe(error: unknown): { error?: string; stack?: string } {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: String(error) };
  return { error: chain(error), ...(error.stack && { stack: error.stack }) };
}

function chain(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${chain(error.cause)}` : error.message;
}
