import type { DeliveryRecord, PushRecord } from "../../local/gateway/log-entries.ts";

/** A step between a request and what it caused. */
export interface TimelineStep {
  kind: "request" | "queue" | "push" | "rows" | "message";
  name: string;
  /** After the beginning of the request. */
  startMs: number;
  /** 0 for a moment. */
  durationMs: number;
  /** Path of what it caused. */
  href?: string;
}

export interface Timeline {
  /** Oldest first. */
  steps: TimelineStep[];
  totalMs: number;
}

interface TimelineInput {
  delivery: DeliveryRecord;
  /** Of this delivery. */
  pushes: PushRecord[];
  /** Number of rows of the event by table. */
  rows: { table: string; count: number }[];
  /** Tables that a function writes. */
  tablesOf: (name: string) => string[];
  /** Messages that the event posted or changed, with the time in seconds since 1970. */
  messages: { name: string; at: number; href: string }[];
}

/** Builds the timeline of a delivery, from the request to its rows and messages. */
export function buildTimeline(input: TimelineInput): Timeline {
  const { delivery, pushes, messages } = input;
  const begin = Date.parse(delivery.at) - delivery.durationMs;
  const since = (ms: number) => Math.max(0, Math.round(ms - begin));
  const steps: TimelineStep[] = [
    { kind: "request", name: delivery.source, startMs: 0, durationMs: delivery.durationMs },
    ...pushes.map(
      (push): TimelineStep => ({
        kind: "push",
        name: push.attempt > 1 ? `${push.function}, attempt ${push.attempt}` : push.function,
        startMs: since(Date.parse(push.at) - push.durationMs),
        durationMs: push.durationMs,
      }),
    ),
    ...listRows(input, since),
    ...messages.map(
      ({ name, at, href }): TimelineStep => ({
        kind: "message",
        name,
        startMs: since(at * 1000),
        durationMs: 0,
        href,
      }),
    ),
  ];
  const queued = measureQueue(steps);
  const sorted = [...steps, ...queued].toSorted(
    (a, b) => a.startMs - b.startMs || a.durationMs - b.durationMs,
  );
  return { steps: sorted, totalMs: Math.max(...steps.map((step) => step.startMs + step.durationMs), 1) };
}

/** A function acknowledges a push when BigQuery has its rows, so they are there at the end of the first push that it acknowledged. */
function listRows({ pushes, rows, tablesOf }: TimelineInput, since: (ms: number) => number): TimelineStep[] {
  const first = new Map(
    pushes
      .filter(({ outcome }) => outcome === "acknowledged")
      .map((push) => [push.function, push] as const)
      .toReversed(),
  );
  return [...first].flatMap(([name, push]) =>
    rows
      .filter(({ table }) => tablesOf(name).includes(table))
      .map(
        ({ table, count }): TimelineStep => ({
          kind: "rows",
          name: `${count === 1 ? "1 row" : `${count} rows`} in ${table}`,
          startMs: since(Date.parse(push.at)),
          durationMs: 0,
        }),
      ),
  );
}

/** From the response to the sender, which waits until Pub/Sub has the event, to the first push. */
function measureQueue(steps: TimelineStep[]): TimelineStep[] {
  const [request] = steps;
  const pushes = steps.filter(({ kind }) => kind === "push");
  if (!request || pushes.length === 0) return [];
  const startMs = request.durationMs;
  const durationMs = Math.min(...pushes.map((push) => push.startMs)) - startMs;
  return durationMs > 0 ? [{ kind: "queue", name: "Pub/Sub", startMs, durationMs }] : [];
}
