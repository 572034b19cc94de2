import type { Event } from "./event.ts";
import { EARLIEST_TIME } from "./to-rfc3339.ts";

/** Levels of a JSON value in BigQuery, https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#json_type */
const MAX_DEPTH = 500;
/** Bytes of an attribute's value in Pub/Sub, https://cloud.google.com/pubsub/quotas#resource_limits */
const MAX_ATTRIBUTE_BYTES = 1024;
const DAY_MS = 86_400_000;

/**
 * Makes a normalized event storable in Pub/Sub, Postgres and BigQuery, whatever its sender wrote.
 *
 * - NUL and unpaired surrogates become U+FFFD, in the fields and in the payload: neither database stores them.
 * - Type and subject have at most 1,024 bytes, cut between characters. An empty subject becomes the source.
 * - A payload that is nested deeper than 500 levels is dropped, and `payloadDropped` gives the reason.
 * - A time before 2000, or more than a day after the arrival, is unknown: the sender's clock is wrong. The time of the event becomes the
 *   time of arrival, and every other time, such as `finishedAt`, becomes null.
 * - An end before its start is unknown: senders' clocks differ, and GitHub reports skipped jobs that end before they start. The end becomes
 *   null, and so does a `duration` beside it.
 *
 * @param bodyBytes size of the sender's body, for `payloadDropped`
 */
export function toStorable<E extends Event>(event: E, bodyBytes: number): E {
  const shallow = isDeeperThan(event.payload, MAX_DEPTH) ? dropDeepPayload(event, bodyBytes) : event;
  const { payload, ...fields } = cleanText(shallow) as E;
  const isPlausible = (time: string) => isPlausibleTime(time, event.receivedAt);
  const time = isPlausible(event.time) ? event.time : event.receivedAt;
  const type = clipBytes(fields.type, MAX_ATTRIBUTE_BYTES);
  const subject = clipBytes(fields.subject, MAX_ATTRIBUTE_BYTES) || event.source;
  return { ...(dropTimes(fields, isPlausible) as E), type, subject, time, payload };
}

/**
 * The beginning of a text, cut between characters.
 *
 * @param maxBytes of its UTF-8 form
 */
export function clipBytes(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

function dropDeepPayload<E extends Event>(event: E, bytes: number): E {
  const reason = `The payload is nested deeper than the ${MAX_DEPTH} levels of a JSON value in BigQuery`;
  return { ...event, payload: null, payloadDropped: { bytes, reason } };
}

/** Goes level by level: a payload may be nested deeper than the call stack. */
function isDeeperThan(value: unknown, maxDepth: number): boolean {
  let level = [value].filter(isObject);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === maxDepth) return true;
    level = level.flatMap((parent) => Object.values(parent).filter(isObject));
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function cleanText(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\uFFFD").replace(/\p{Surrogate}/gu, "\uFFFD");
  if (Array.isArray(value)) return value.map(cleanText);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanText(item)]));
}

/** Replaces the normalized fields with an implausible time, whose names all end in `At`, by null. */
function dropTimes(value: unknown, isPlausible: (time: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => dropTimes(item, isPlausible));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) =>
    key.endsWith("At") && typeof item === "string"
      ? [key, isPlausible(item) ? item : null]
      : [key, dropTimes(item, isPlausible)],
  );
  return dropWrongEnds(Object.fromEntries(entries));
}

/** Fields with a start: the first one that an object has. */
const STARTS = ["startedAt", "createdAt", "openedAt"];
const ENDS = ["finishedAt", "completedAt", "closedAt", "mergedAt", "resolvedAt"];

function dropWrongEnds(fields: Record<string, unknown>): Record<string, unknown> {
  const start = STARTS.map((name) => fields[name]).find((value) => typeof value === "string");
  if (start === undefined) return fields;
  const isWrong = (name: string) => {
    const end = fields[name];
    // Both are RFC 3339 in UTC with milliseconds.
    return typeof end === "string" && end < start;
  };
  const wrong = ENDS.filter(isWrong);
  if (wrong.length > 0 && "duration" in fields) wrong.push("duration");
  return { ...fields, ...Object.fromEntries(wrong.map((name) => [name, null])) };
}

function isPlausibleTime(time: string, receivedAt: string): boolean {
  const at = Date.parse(time);
  return at >= EARLIEST_TIME && at <= Date.parse(receivedAt) + DAY_MS;
}
