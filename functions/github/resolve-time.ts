import { toRfc3339 } from "../../shared/events/to-rfc3339.ts";
import { getMainObject, getObject } from "./main-object.ts";

/** Fields with a time, the latest first: a completed check run has also started, an edited comment was also created. */
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
 * Resolves the time at which an event happened at GitHub: the latest time in the event's main object. Payloads have no field for it.
 *
 * @returns RFC 3339, UTC; null if the object has no time
 */
export function resolveTime(event: string, payload: Record<string, unknown>): string | null {
  const object = getMainObject(event, payload);
  return findLatest(object) ?? findTimeElsewhere(event, payload, object);
}

/** The time of those events that have it in another object or field. */
function findTimeElsewhere(
  event: string,
  payload: Record<string, unknown>,
  object: Record<string, unknown>,
): string | null {
  switch (event) {
    case "status":
      return findLatest(payload);
    case "star":
      return readTime(payload, "starred_at");
    case "marketplace_purchase":
      return readTime(payload, "effective_date");
    // The group's commit is made when its checks are requested; no field says when it was destroyed.
    case "merge_group":
      return payload.action === "destroyed" ? null : findLatest(getObject(object, "head_commit"));
    // A commit is older than its push, and has the clock of its author.
    case "push":
    case "create":
    case "delete":
      return readTime(getObject(payload, "repository"), "pushed_at");
    default:
      return null;
  }
}

function findLatest(object: Record<string, unknown>): string | null {
  for (const field of fields) {
    const time = readTime(object, field);
    if (time) return time;
  }
  return null;
}

function readTime(object: Record<string, unknown>, field: string): string | null {
  const value = object[field];
  return typeof value === "string" || typeof value === "number" ? toRfc3339(value) : null;
}
