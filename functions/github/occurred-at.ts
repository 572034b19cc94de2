import { toRfc3339 } from "../../shared/events/rfc3339.ts";
import { getMainObject, getObject } from "./main-object-of.ts";

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
export function resolveTime(event: string, payload: Record<string, unknown>): string | null {
  const object = getMainObject(event, payload);
  return latest(object) ?? elsewhere(event, payload, object);
}

/** The events that say it in a place of their own. */
function elsewhere(
  event: string,
  payload: Record<string, unknown>,
  object: Record<string, unknown>,
): string | null {
  switch (event) {
    case "status":
      return latest(payload);
    case "star":
      return timeIn(payload, "starred_at");
    case "marketplace_purchase":
      return timeIn(payload, "effective_date");
    case "merge_group":
      return latest(getObject(object, "head_commit"));
    case "push":
    case "create":
    case "delete":
      return timeIn(getObject(payload, "repository"), "pushed_at");
    default:
      return null;
  }
}

function latest(object: Record<string, unknown>): string | null {
  for (const field of fields) {
    const time = timeIn(object, field);
    if (time) return time;
  }
  return null;
}

function timeIn(object: Record<string, unknown>, field: string): string | null {
  const value = object[field];
  return typeof value === "string" || typeof value === "number" ? toRfc3339(value) : null;
}
