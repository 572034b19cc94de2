import { rfc3339 } from "../../shared/events/rfc3339.ts";
import { mainObjectOf } from "./main-object-of.ts";

/** Latest first: a completed check run has also started, an edited comment was also created. */
const fields = [
  "completed_at",
  "submitted_at",
  "updated_at",
  "published_at",
  "timestamp",
  "started_at",
  "created_at",
];

/**
 * When an event happened at GitHub. Payloads have no such field, so it is the latest moment that the event's main object knows of.
 *
 * @returns null where the object names none
 */
export function occurredAt(event: string, payload: Record<string, unknown>): string | null {
  const object = mainObjectOf(event, payload);
  for (const field of fields) {
    const value = object[field];
    const time = typeof value === "string" || typeof value === "number" ? rfc3339(value) : null;
    if (time) return time;
  }
  return event === "star" && typeof payload.starred_at === "string" ? rfc3339(payload.starred_at) : null;
}
