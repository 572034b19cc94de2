import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { LoggedLine } from "./capture-log.ts";

/** A request to a source function and the response to it. */
export interface DeliveryRecord {
  kind: "delivery";
  /** Starts at 1, in order of arrival. */
  number: number;
  at: string;
  source: string;
  method: string;
  headers: Record<string, string>;
  /** base64 */
  body: string;
  status: number;
  /** X-Event-Id of the response, null when no event was published. */
  eventId: string | null;
  response: string;
  /** Lines that the source function logged; missing in logs of an earlier version. */
  log?: LoggedLine[];
}

/** A push of a message to a subscriber function and its outcome. */
export interface PushRecord {
  kind: "push";
  at: string;
  subscription: string;
  function: string;
  messageId: string;
  eventId: string;
  attributes: Record<string, string>;
  attempt: number;
  outcome: "acknowledged" | "retrying" | "dead-lettered";
  error?: string;
  /** Lines that the subscriber logged; missing in logs of an earlier version. */
  log?: LoggedLine[];
}

/** The normalized event of a delivery, from its first push, without the payload: that is the delivery's body. */
export interface EventRecord {
  kind: "event";
  eventId: string;
  event: Record<string, unknown>;
}

type Entry = DeliveryRecord | PushRecord | EventRecord;

/** Deliveries and pushes of one event, oldest first. */
export interface EventHistory {
  deliveries: DeliveryRecord[];
  pushes: PushRecord[];
}

/** Number of deliveries in memory and after a restart; four times as many pushes. */
const MAX_DELIVERIES = 20_000;

/**
 * Deliveries to source functions and pushes to subscribers. The gateway records both, so the log is the same with every Pub/Sub
 * emulator.
 */
export class DeliveryLog {
  readonly #file: string | undefined;
  readonly #deliveries: DeliveryRecord[] = [];
  readonly #pushes: PushRecord[] = [];
  readonly #events = new Map<string, EventRecord>();
  readonly #histories = new Map<string, EventHistory>();
  readonly #unsettled = new Set<string>();
  readonly #onAdded: (kind: Entry["kind"]) => void;
  #lastNumber = 0;

  /**
   * @param file JSON lines, read at the next start; without it the log is in memory
   * @param onAdded called after each new entry with its kind
   */
  constructor(file?: string, onAdded: (kind: Entry["kind"]) => void = () => {}) {
    this.#file = file;
    this.#onAdded = onAdded;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) for (const entry of readEntries(file)) this.#load(entry);
  }

  addDelivery(delivery: Omit<DeliveryRecord, "kind" | "number">) {
    this.#add({ kind: "delivery", number: this.#lastNumber + 1, ...delivery });
  }

  addPush(push: Omit<PushRecord, "kind">) {
    this.#add({ kind: "push", ...push });
  }

  /** Adds a normalized event, once per id. */
  addEvent(eventId: string, event: Record<string, unknown>) {
    if (!this.#events.has(eventId)) this.#add({ kind: "event", eventId, event });
  }

  /** Newest first. */
  deliveries(): DeliveryRecord[] {
    return this.#deliveries.toReversed();
  }

  /** The normalized event, undefined before its first push. */
  event(eventId: string): Record<string, unknown> | undefined {
    return this.#events.get(eventId)?.event;
  }

  /** Pushes by event id, each event's oldest first. */
  pushesByEvent(): Map<string, PushRecord[]> {
    const groups = new Map<string, PushRecord[]>();
    for (const push of this.#pushes) {
      const group = groups.get(push.eventId);
      if (group) group.push(push);
      else groups.set(push.eventId, [push]);
    }
    return groups;
  }

  /** Deliveries and pushes of an event. */
  history(eventId: string): EventHistory {
    return this.#histories.get(eventId) ?? { deliveries: [], pushes: [] };
  }

  /** Ids of the events with a delivery or push since they were settled. */
  unsettled(): string[] {
    return [...this.#unsettled];
  }

  /** Marks an event as finished until its next delivery or push. */
  settle(eventId: string) {
    this.#unsettled.delete(eventId);
  }

  #add(entry: Entry) {
    this.#load(entry);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#onAdded(entry.kind);
  }

  #load(entry: Entry) {
    if (entry.kind === "event") return this.#loadEvent(entry);
    if (entry.kind === "push") return this.#append(this.#pushes, entry, MAX_DELIVERIES * 4);
    this.#lastNumber = Math.max(this.#lastNumber + 1, entry.number ?? 0);
    // Logs of an earlier version have no number.
    this.#append(this.#deliveries, { ...entry, number: this.#lastNumber }, MAX_DELIVERIES);
  }

  #append<T extends DeliveryRecord | PushRecord>(entries: T[], entry: T, max: number) {
    entries.push(entry);
    this.#index(entry);
    if (entry.eventId !== null) this.#unsettled.add(entry.eventId);
    if (entries.length <= max * 1.25) return;
    entries.splice(0, entries.length - max);
    this.#histories.clear();
    for (const other of [...this.#deliveries, ...this.#pushes]) this.#index(other);
  }

  #index(entry: DeliveryRecord | PushRecord) {
    if (entry.eventId === null) return;
    const history = this.history(entry.eventId);
    this.#histories.set(entry.eventId, history);
    if (entry.kind === "push") history.pushes.push(entry);
    else history.deliveries.push(entry);
  }

  #loadEvent(entry: EventRecord) {
    this.#events.set(entry.eventId, entry);
    const [oldest] = this.#events.keys();
    if (this.#events.size > MAX_DELIVERIES && oldest !== undefined) this.#events.delete(oldest);
  }
}

function readEntries(file: string): Entry[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .slice(-MAX_DELIVERIES * 6);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      // The last line of a process that was killed during a write.
      return [];
    }
  });
}
