import { channel } from "node:diagnostics_channel";
import { getCallFields } from "./call-context.ts";
import { mayHaveEmail, removeEmails, removePersonalData } from "./remove-personal-data.ts";

/** Severities of Cloud Logging, https://cloud.google.com/logging/docs/structured-logging */
type Severity = "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";

/** Diagnostics channel with every line, including those that LOG_LEVEL hides: https://nodejs.org/api/diagnostics_channel.html */
export const LOG_CHANNEL = "ci-tooling.log";
const lines = channel(LOG_CHANNEL);

let reportError: ((error: unknown) => void) | undefined;

/** Sets the function that reports the errors of ERROR and CRITICAL lines. */
export function setReporter(reporter: (error: unknown) => void) {
  reportError = reporter;
}

const order: Severity[] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];

/**
 * Writes one structured log line with the fields of the current call: the request's trace, the event's id.
 * An error in `fields.error` is written with its stack and causes. With severity ERROR or CRITICAL it is also reported.
 * Never pass a secret, a signature or a payload: of the fields, only e-mail addresses and the parameters of failed SQL are removed.
 *
 * `LOG_LEVEL` (default INFO) hides less severe lines.
 */
export function log(severity: Severity, message: string, fields: Record<string, unknown> = {}) {
  if (order.indexOf(severity) >= order.indexOf("ERROR") && fields.error !== undefined)
    reportError?.(fields.error);
  const line = { severity, message, ...getCallFields(), ...fields, ...describeError(fields.error) };
  lines.publish(line);
  const least = order.indexOf((process.env.LOG_LEVEL?.toUpperCase() ?? "INFO") as Severity);
  if (order.indexOf(severity) < least) return;
  const json = JSON.stringify(line);
  process.stdout.write(`${mayHaveEmail(json) ? stringifyWithoutEmails(line) : json}\n`);
}

function stringifyWithoutEmails(line: object): string {
  return JSON.stringify(line, (_, value) => (typeof value === "string" ? removeEmails(value) : value));
}

function describeError(error: unknown): { error?: string; stack?: string } {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: removePersonalData(String(error)) };
  return { error: joinCauses(error), ...(error.stack && { stack: cleanStack(error.stack, error) }) };
}

function joinCauses(error: Error): string {
  const message = removePersonalData(error.message);
  return error.cause instanceof Error ? `${message}: ${joinCauses(error.cause)}` : message;
}

/** A stack begins with the message. */
function cleanStack(stack: string, { message }: Error): string {
  return message !== "" && stack.includes(message)
    ? stack.replace(message, () => removePersonalData(message))
    : removePersonalData(stack);
}
