import { mapTexts } from "./payload-paths.ts";

/** RFC 3339, and GoCD's offset without a colon. */
const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
/** Names of times in seconds since 1970: GitHub's `pushed_at`, Slack's `event_time` and `ts`. */
const unixName = /(^|_)(ts|time|at)$/;
const unixText = /^(\d{10})(\.\d{6})?$/;
const [MIN_UNIX, MAX_UNIX] = [1_000_000_000, 2_200_000_000];

/**
 * Moves all times of a payload by the same duration, so that the latest one is `now`. A delivery of last year would otherwise count
 * as one of last year, and the Slack app would ignore it.
 */
export function moveTimes(payload: unknown, now: Date): unknown {
  const times: number[] = [];
  mapTexts(
    payload,
    (text, name) => {
      const ms = parseTime(text, name);
      if (ms !== undefined) times.push(ms);
      return text;
    },
    (number, name) => {
      if (isUnixTime(number, name)) times.push(number * 1000);
      return number;
    },
  );
  if (times.length === 0) return payload;
  // Whole seconds, so that a payload keeps the precision that its sender has.
  const latest = times.reduce((a, b) => Math.max(a, b));
  const shift = Math.floor((now.getTime() - latest) / 1000);
  return mapTexts(
    payload,
    (text, name) => moveText(text, name, shift),
    (number, name) => (isUnixTime(number, name) ? number + shift : number),
  );
}

function parseTime(text: string, name: string): number | undefined {
  if (rfc3339.test(text)) return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  const seconds = Number(text);
  return unixText.test(text) && isUnixTime(seconds, name) ? seconds * 1000 : undefined;
}

function moveText(text: string, name: string, shift: number): string {
  const [, clock = "", fraction = "", zone = ""] = rfc3339.exec(text) ?? [];
  if (clock) return `${addSeconds(clock, shift)}${fraction}${zone}`;
  const [, seconds = "", micros = ""] = unixText.exec(text) ?? [];
  return seconds && isUnixTime(Number(seconds), name) ? `${Number(seconds) + shift}${micros}` : text;
}

/** @param clock the sender's local time, without its zone */
function addSeconds(clock: string, seconds: number): string {
  return new Date(Date.parse(`${clock}Z`) + seconds * 1000).toISOString().slice(0, clock.length);
}

function isUnixTime(seconds: number, name: string): boolean {
  return unixName.test(name) && seconds >= MIN_UNIX && seconds <= MAX_UNIX;
}
