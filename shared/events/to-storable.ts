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
 * What is storable already is not copied.
 *
 * @param bodyBytes size of the sender's body, for `payloadDropped`
 * @param payloadJson the JSON that the payload was parsed from, if `toStorableJson` has cleaned it: the payload need not be searched
 */
export function toStorable<E extends Event>(event: E, bodyBytes: number, payloadJson?: string): E {
  const mayBeDeep = payloadJson === undefined || hasMoreBrackets(payloadJson, MAX_DEPTH);
  const isDeep = mayBeDeep && isDeeperThan(event.payload, MAX_DEPTH);
  const { payload, ...fields } = isDeep ? dropDeepPayload(event, bodyBytes) : event;
  const latest = Date.parse(event.receivedAt) + DAY_MS;
  const isPlausible = (time: string) => isPlausibleTime(time, latest);
  const toStorableLeaf = (value: unknown, key: string) =>
    typeof value === "string" && key.endsWith("At") && !isPlausible(value) ? null : cleanText(value);
  const storable = mapChanged(fields, { leaf: toStorableLeaf, object: dropWrongEnds }) as E;
  return {
    ...storable,
    type: clipBytes(storable.type, MAX_ATTRIBUTE_BYTES),
    subject: clipBytes(storable.subject, MAX_ATTRIBUTE_BYTES) || event.source,
    time: isPlausible(event.time) ? event.time : event.receivedAt,
    payload: payloadJson === undefined ? mapChanged(payload, { leaf: cleanText, key: cleanText }) : payload,
  };
}

/**
 * The beginning of a text, cut between characters.
 *
 * @param maxBytes of its UTF-8 form
 */
export function clipBytes(text: string, maxBytes: number): string {
  // A UTF-16 unit takes at most three bytes.
  if (text.length * 3 <= maxBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

function dropDeepPayload<E extends Event>(event: E, bytes: number): E {
  const reason = `The payload is nested deeper than the ${MAX_DEPTH} levels of a JSON value in BigQuery`;
  return { ...event, payload: null, payloadDropped: { bytes, reason } };
}

/** Whether a text has more opening brackets than this, in strings or not: each level of nesting has one. */
function hasMoreBrackets(json: string, most: number): boolean {
  let count = 0;
  for (const bracket of ["{", "["])
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1))
      if (++count > most) return true;
  return false;
}

/** Descends no further than `levels`: a payload may be nested deeper than the call stack. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (!isObject(value)) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isDeeperThan(item, levels - 1));
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

const unstorable = /[\0\p{Surrogate}]/gu;

function cleanText<T>(value: T): T | string {
  return typeof value === "string" ? value.replace(unstorable, "\uFFFD") : value;
}

/** What to do with the parts of a JSON value. */
interface Mapping {
  /** @param key of the leaf in the object around it; "" in an array */
  leaf: (leaf: unknown, key: string) => unknown;
  key?: (key: string) => string;
  /** Gets an object whose leaves are mapped. @returns the same one if nothing is to change */
  object?: (fields: Record<string, unknown>) => Record<string, unknown>;
}

/** Maps every part of a JSON value. @returns the same value if nothing changes */
function mapChanged<T>(value: T, mapping: Mapping, under = ""): T {
  if (!isObject(value)) return mapping.leaf(value, under) as T;
  if (Array.isArray(value)) {
    const items = value.map((item) => mapChanged(item, mapping));
    return items.every((item, index) => item === value[index]) ? value : (items as T);
  }
  let changed: [string, unknown][] | undefined;
  let index = 0;
  for (const key in value) {
    const mapped = mapChanged(value[key], mapping, key);
    const mappedKey = mapping.key ? mapping.key(key) : key;
    if (mapped !== value[key] || mappedKey !== key) changed ??= Object.entries(value).slice(0, index);
    changed?.push([mappedKey, mapped]);
    index++;
  }
  const fields = changed ? Object.fromEntries(changed) : (value as Record<string, unknown>);
  return (mapping.object ? mapping.object(fields) : fields) as T;
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
  if (wrong.length === 0) return fields;
  if ("duration" in fields) wrong.push("duration");
  return { ...fields, ...Object.fromEntries(wrong.map((name) => [name, null])) };
}

function isPlausibleTime(time: string, latest: number): boolean {
  const at = Date.parse(time);
  return at >= EARLIEST_TIME && at <= latest;
}
