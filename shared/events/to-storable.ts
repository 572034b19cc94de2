import type { Event } from "./event.ts";

/** Levels of a JSON value in BigQuery, https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#json_type */
const MAX_DEPTH = 500;
const EARLIEST = Date.UTC(2000, 0);
const DAY_MS = 86_400_000;

/**
 * Makes a normalized event storable in Pub/Sub, Postgres and BigQuery, whatever its sender wrote.
 *
 * - NUL and unpaired surrogates become U+FFFD, in the fields and in the payload: neither database stores them.
 * - A payload that is nested deeper than 500 levels is dropped, and `payloadDropped` gives the reason.
 * - A time before 2000, or more than a day after the arrival, becomes the time of arrival: the sender's clock is wrong.
 *
 * @param bodyBytes size of the sender's body, for `payloadDropped`
 */
export function toStorable<E extends Event>(event: E, bodyBytes: number): E {
  const shallow = isDeeperThan(event.payload, MAX_DEPTH) ? dropDeepPayload(event, bodyBytes) : event;
  return { ...(cleanText(shallow) as E), time: plausibleTime(event) };
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

function plausibleTime({ time, receivedAt }: Event): string {
  const at = Date.parse(time);
  return at >= EARLIEST && at <= Date.parse(receivedAt) + DAY_MS ? time : receivedAt;
}
