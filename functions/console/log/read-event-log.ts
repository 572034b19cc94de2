import { z } from "zod";
import { type ListLogEntries, type LogEntry, quote } from "../../../shared/logging/log-reader.ts";
import { log } from "../../../shared/observability/log.ts";

/** Lines of an event that are read. */
const MAX_LINES = 200;
/** Fields of every line, and those that the page shows in columns. */
const OWN_FIELDS = new Set([
  "message",
  "function",
  "subscriber",
  "event",
  "type",
  "stack",
  "error",
  "because",
]);

/** A line that a function logged about an event. */
export interface EventLine {
  /** RFC 3339 */
  at: string;
  /** Cloud Logging's: INFO, WARNING, ERROR. */
  severity: string;
  /** Name of the function. */
  name: string;
  message: string;
  /** The error with its causes, or the reason; null without one. */
  reason: string | null;
  /** Other fields. */
  fields: Record<string, unknown>;
  /** Whether the function had nothing to do, for the reason. */
  isNothing: boolean;
}

const payload = z.looseObject({
  message: z.string().default(""),
  function: z.string().optional(),
  error: z.string().optional(),
  because: z.string().optional(),
  outcome: z.string().optional(),
});

/**
 * Reads what functions logged about an event, oldest first.
 *
 * @param receivedAt RFC 3339; earlier lines are not looked for
 * @returns null if Cloud Logging does not respond
 */
export async function readEventLog(
  listEntries: ListLogEntries,
  { id, receivedAt }: { id: string; receivedAt: string },
): Promise<EventLine[] | null> {
  // A source logs the event before it publishes it, with the same clock or nearly.
  const since = new Date(Date.parse(receivedAt) - 60_000).toISOString();
  try {
    const filter = `timestamp>=${quote(since)} AND jsonPayload.event=${quote(id)}`;
    return (await listEntries(filter, MAX_LINES)).map(toLine).reverse();
  } catch (error) {
    log("WARNING", "Cloud Logging does not respond", { error });
    return null;
  }
}

function toLine({ timestamp, severity, jsonPayload, resource }: LogEntry): EventLine {
  const { message, function: name, error, because, outcome } = payload.parse(jsonPayload);
  return {
    at: timestamp,
    severity,
    name: name ?? resource.labels.service_name ?? "?",
    message,
    reason: error ?? because ?? null,
    fields: Object.fromEntries(Object.entries(jsonPayload).filter(([field]) => !OWN_FIELDS.has(field))),
    isNothing: outcome === "nothing",
  };
}
