import { AsyncLocalStorage } from "node:async_hooks";
import { LOG_CHANNEL } from "../../../shared/observability/log.ts";
import { removeEmails } from "../../../shared/observability/remove-personal-data.ts";
import { subscribeOnce } from "../../../shared/observability/subscribe-once.ts";

/** A line that a function logged during one request, whatever LOG_LEVEL is. */
export interface LoggedLine {
  /** Cloud Logging's: DEBUG, INFO, WARNING, ERROR, CRITICAL. */
  severity: string;
  message: string;
  error?: string;
  stack?: string;
  /** The other fields, without those that every line of the request has. */
  fields: Record<string, unknown>;
}

/** Per request. Further lines are dropped, longer texts are cut. */
const MAX_LINES = 100;
const MAX_LENGTH = 4000;

const storage = new AsyncLocalStorage<LoggedLine[]>();

/**
 * Runs work and captures the lines that it logs. Functions respond 500 without a reason, because their senders are outside.
 *
 * @returns a function that returns the lines so far
 */
export function captureLog(work: () => void): () => LoggedLine[] {
  subscribeOnce(LOG_CHANNEL, captureLine);
  const lines: LoggedLine[] = [];
  storage.run(lines, work);
  return () => lines;
}

/** The last error of a request's lines. */
export function findLastError(lines: LoggedLine[]): string | undefined {
  return lines.findLast(({ error }) => error !== undefined)?.error;
}

function captureLine(line: unknown) {
  const lines = storage.getStore();
  if (lines && lines.length < MAX_LINES) lines.push(toLoggedLine(line as Record<string, unknown>));
}

function toLoggedLine(line: Record<string, unknown>): LoggedLine {
  const { severity, message, error, stack, ...rest } = line;
  const { function: _function, subscriber: _subscriber, event: _event, type: _type, ...fields } = rest;
  return {
    severity: String(severity),
    message: cut(String(message)),
    ...(typeof error === "string" && { error: cut(error) }),
    ...(typeof stack === "string" && { stack: cut(stack) }),
    fields: Object.fromEntries(
      Object.entries(fields)
        .filter(([name]) => !name.startsWith("logging.googleapis.com/"))
        .map(([name, value]) => [name, typeof value === "string" ? cut(value) : value]),
    ),
  };
}

function cut(text: string): string {
  const safe = removeEmails(text);
  return safe.length > MAX_LENGTH ? `${safe.slice(0, MAX_LENGTH)}…` : safe;
}
