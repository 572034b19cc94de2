import type { EventLine } from "../log/read-event-log.ts";
import type { GivenUp } from "./read-events.ts";
import type { EventState, Processed } from "./read-state.ts";

/** The functions that write every event that concerns them, without a record of each. */
const WITHOUT_RECORD = ["metrics", "deploys", "deployment-changes"];
/** Those whose work people see: messages and answers. */
const TELLING = new Set([
  "deploy-progress",
  "deploy-ready",
  "deployment-feed",
  "incidents",
  "required-checks",
  "slack-app",
]);
/** Records of finished events are pruned after 30 days: functions/prune/retention.ts. */
const RECORD_DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;

/** State of an event at a subscriber. */
export interface Outcome {
  subscriber: string;
  outcome: "acted" | "nothing" | "trying" | "gave up" | "unknown";
  /** A clause: what was done, or why nothing. */
  text: string;
}

export interface OutcomeInput {
  /** Names of the subscribers. */
  subscribers: string[];
  /** RFC 3339 */
  receivedAt: string;
  state: EventState;
  /** Subscriptions that gave the event up; `subscriber` is null if the function does not exist any more. */
  givenUp: (GivenUp & { subscriber: string | null })[];
  /** Why the event does not concern a subscriber, or null. */
  findIrrelevance: (subscriber: string) => string | null;
  /** What functions logged about the event, oldest first. */
  lines: EventLine[];
  now: Date;
}

/** Explains the outcome of an event at each subscriber. */
export function explainOutcomes(input: OutcomeInput): Outcome[] {
  return input.subscribers.map((subscriber) => ({ subscriber, ...explainOutcome(subscriber, input) }));
}

function explainOutcome(subscriber: string, input: OutcomeInput): Omit<Outcome, "subscriber"> {
  const { state, givenUp, findIrrelevance, receivedAt, now } = input;
  const lines = input.lines.filter(({ name }) => name === subscriber);
  const entries = state.processed.filter((each) => each.subscriber === subscriber);
  const lastGivenUp = givenUp
    .filter((each) => each.subscriber === subscriber)
    .toSorted((a, b) => b.gave_up_at.localeCompare(a.gave_up_at))[0];
  if (lastGivenUp && !isDoneSince(entries, lastGivenUp.gave_up_at))
    return describeGivenUp(lastGivenUp, findLastError(lines));
  if (entries.length > 0) return explainEntries(entries, state, subscriber, findLastError(lines));
  const because = findIrrelevance(subscriber);
  if (because !== null) return { outcome: "nothing", text: because };
  const logged = lines.findLast(({ isNothing }) => isNothing);
  if (logged?.reason) return { outcome: "nothing", text: logged.reason };
  const error = findLastError(lines);
  if (error !== undefined) return { outcome: "trying", text: `its last attempt failed: ${error}` };
  if (WITHOUT_RECORD.includes(subscriber))
    return {
      outcome: "acted",
      text: "it concerns this function, which stores it and keeps no record of each event",
    };
  if (now.getTime() - Date.parse(receivedAt) > RECORD_DAYS * DAY_MS)
    return { outcome: "unknown", text: `records of events are kept for ${RECORD_DAYS} days` };
  return { outcome: "unknown", text: "it has no record: it found nothing to do, or has not begun" };
}

function isDoneSince(entries: Processed[], gaveUpAt: string): boolean {
  return entries.some(({ doneAt }) => doneAt !== null && doneAt.getTime() > Date.parse(gaveUpAt));
}

/** @returns undefined if the last attempt did not fail, or nothing is known of it */
function findLastError(lines: EventLine[]): string | undefined {
  return lines.findLast(({ severity }) => severity === "ERROR")?.reason ?? undefined;
}

function describeGivenUp({ attempts }: GivenUp, error: string | undefined): Omit<Outcome, "subscriber"> {
  const after = attempts === null ? "" : ` after ${attempts} attempts`;
  const last = error === undefined ? "" : `. The last error: ${error}`;
  return { outcome: "gave up", text: `every attempt failed${after}: it is, or was, a dead letter${last}` };
}

function explainEntries(
  entries: Processed[],
  { messages }: EventState,
  subscriber: string,
  error: string | undefined,
): Omit<Outcome, "subscriber"> {
  const unfinished = entries.find(({ doneAt, attempts }) => doneAt === null && attempts > 0);
  if (unfinished) {
    const text = `attempt ${unfinished.attempts} has not ended`;
    return { outcome: "trying", text: error === undefined ? text : `${text}, or failed: ${error}` };
  }
  const channels = [
    ...new Set(messages.filter((each) => each.subscriber === subscriber).map(({ channel }) => channel)),
  ];
  if (channels.length > 0) return { outcome: "acted", text: `it posted to ${channels.join(", ")}` };
  if (entries.every(({ nothing }) => nothing !== null)) {
    const reasons = [...new Set(entries.flatMap(({ nothing }) => nothing ?? []))];
    return { outcome: "nothing", text: reasons.join("; ") || "it has decided so, and stored no reason" };
  }
  if (entries.every(({ attempts }) => attempts === 0))
    return { outcome: "trying", text: "it has decided, and not begun to act" };
  return { outcome: "acted", text: "it has done its work" };
}

/** @returns a sentence if nobody got a message about an event, else null */
export function explainSilence(outcomes: Outcome[]): string | null {
  const telling = outcomes.filter(({ subscriber }) => TELLING.has(subscriber));
  if (telling.some(({ outcome }) => outcome !== "nothing")) return null;
  const reasons = [...new Set(telling.map(({ text }) => text))];
  return reasons.length === 0 ? null : `Nobody was told, because ${joinReasons(reasons)}.`;
}

function joinReasons(reasons: string[]): string {
  return reasons.length === 1
    ? (reasons[0] ?? "")
    : `${reasons.slice(0, -1).join(", ")}, and ${reasons.at(-1)}`;
}
