import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** A request to a source function, and what it was answered. */
export interface DeliveryRecord {
  kind: "delivery";
  /** Counted from 1, in the order of arrival. */
  number: number;
  at: string;
  source: string;
  method: string;
  headers: Record<string, string>;
  /** base64 */
  body: string;
  status: number;
  /** X-Event-Id of the answer: set when an event was stored. */
  eventId: string | null;
  response: string;
}

/** A push of a message to a subscriber function, and how it ended. */
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
}

/** The normalized event of a delivery, as the first subscriber was sent it; without the payload, which is the delivery's body. */
export interface EventRecord {
  kind: "event";
  eventId: string;
  event: Record<string, unknown>;
}

type Entry = DeliveryRecord | PushRecord | EventRecord;

/** What passed of one event, oldest first. */
export interface EventHistory {
  deliveries: DeliveryRecord[];
  pushes: PushRecord[];
}

/** How many entries are kept in memory and read again after a restart. */
const KEPT = 20_000;

/**
 * What the local suite saw pass through its one door: deliveries to source functions and pushes to subscribers.
 * It is written down by the gateway, so that it knows the same whichever Pub/Sub is behind it.
 */
export class DeliveryLog {
  readonly #file: string | undefined;
  readonly #deliveries: DeliveryRecord[] = [];
  readonly #pushes: PushRecord[] = [];
  readonly #events = new Map<string, EventRecord>();
  readonly #passed = new Map<string, EventHistory>();
  readonly #unsettled = new Set<string>();
  readonly #onAdded: () => void;
  #lastNumber = 0;

  /**
   * @param file JSON lines that survive a restart; without it nothing does
   * @param onAdded called when something was added
   */
  constructor(file?: string, onAdded: () => void = () => {}) {
    this.#file = file;
    this.#onAdded = onAdded;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) for (const entry of readEntries(file)) this.#remember(entry);
  }

  addDelivery(delivery: Omit<DeliveryRecord, "kind" | "number">) {
    this.#add({ kind: "delivery", number: this.#lastNumber + 1, ...delivery });
  }

  addPush(push: Omit<PushRecord, "kind">) {
    this.#add({ kind: "push", ...push });
  }

  /** Keeps what an event was normalized to; the same event is kept once. */
  addEvent(eventId: string, event: Record<string, unknown>) {
    if (!this.#events.has(eventId)) this.#add({ kind: "event", eventId, event });
  }

  /** Newest first. */
  deliveries(): DeliveryRecord[] {
    return this.#deliveries.toReversed();
  }

  /** What an event was normalized to; undefined until a subscriber was sent it. */
  event(eventId: string): Record<string, unknown> | undefined {
    return this.#events.get(eventId)?.event;
  }

  /** Pushes by the event that they carried, each event's oldest first. */
  pushesByEvent(): Map<string, PushRecord[]> {
    const groups = new Map<string, PushRecord[]>();
    for (const push of this.#pushes) {
      const group = groups.get(push.eventId);
      if (group) group.push(push);
      else groups.set(push.eventId, [push]);
    }
    return groups;
  }

  /** What passed of an event. */
  history(eventId: string): EventHistory {
    return this.#passed.get(eventId) ?? { deliveries: [], pushes: [] };
  }

  /** Ids of the events of which something passed since they were settled: those to look at, of all that are kept. */
  unsettled(): string[] {
    return [...this.#unsettled];
  }

  /** An event need not be looked at until something of it passes again. */
  settle(eventId: string) {
    this.#unsettled.delete(eventId);
  }

  #add(entry: Entry) {
    this.#remember(entry);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#onAdded();
  }

  #remember(entry: Entry) {
    if (entry.kind === "event") return this.#rememberEvent(entry);
    if (entry.kind === "push") return this.#keep(this.#pushes, entry, KEPT * 4);
    this.#lastNumber = Math.max(this.#lastNumber + 1, entry.number ?? 0);
    // A log of an earlier version has none.
    this.#keep(this.#deliveries, { ...entry, number: this.#lastNumber }, KEPT);
  }

  #keep<T extends DeliveryRecord | PushRecord>(entries: T[], entry: T, kept: number) {
    entries.push(entry);
    this.#index(entry);
    if (entry.eventId !== null) this.#unsettled.add(entry.eventId);
    if (entries.length <= kept * 1.25) return;
    entries.splice(0, entries.length - kept);
    this.#passed.clear();
    for (const other of [...this.#deliveries, ...this.#pushes]) this.#index(other);
  }

  #index(entry: DeliveryRecord | PushRecord) {
    if (entry.eventId === null) return;
    const passed = this.history(entry.eventId);
    this.#passed.set(entry.eventId, passed);
    if (entry.kind === "push") passed.pushes.push(entry);
    else passed.deliveries.push(entry);
  }

  #rememberEvent(entry: EventRecord) {
    this.#events.set(entry.eventId, entry);
    const [oldest] = this.#events.keys();
    if (this.#events.size > KEPT && oldest !== undefined) this.#events.delete(oldest);
  }
}

function readEntries(file: string): Entry[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .slice(-KEPT * 6);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      // The last line of a process that was killed while it wrote.
      return [];
    }
  });
}
