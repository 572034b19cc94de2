import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { BlobStore } from "./blob-store.ts";
import type {
  DeliveryRecord,
  Entry,
  EventHistory,
  EventRecord,
  NewDelivery,
  PushRecord,
} from "./log-entries.ts";
import { readLines } from "./read-lines.ts";

/** Deliveries in memory and after a restart, each with its pushes. */
const MAX_DELIVERIES = 150_000;

/**
 * Deliveries to source functions and pushes to subscribers. The gateway records both, so the log is the same with every Pub/Sub
 * emulator. Bodies and events stay on disk.
 */
export class DeliveryLog {
  readonly #file: string | undefined;
  readonly #blobs: BlobStore;
  /** Oldest first, without a gap in their numbers. */
  readonly #deliveries: DeliveryRecord[] = [];
  readonly #events = new Map<string, EventRecord>();
  readonly #histories = new Map<string, EventHistory>();
  readonly #unsettled = new Set<string>();
  readonly #onAdded: (kind: Entry["kind"]) => void;
  #lastNumber = 0;
  #revision = 0;

  /**
   * @param dir of `deliveries.jsonl` and `bodies.bin`, which the next start reads; without it the log is in memory
   * @param onAdded called after each new entry with its kind
   */
  constructor(dir?: string, onAdded: (kind: Entry["kind"]) => void = () => {}) {
    if (dir !== undefined) mkdirSync(dir, { recursive: true });
    this.#file = dir && join(dir, "deliveries.jsonl");
    this.#blobs = new BlobStore(dir && join(dir, "bodies.bin"));
    this.#onAdded = onAdded;
    if (this.#file === undefined || !existsSync(this.#file)) return;
    for (const line of readLines(this.#file)) {
      const entry = parseEntry(line);
      if (entry) this.#load(entry);
    }
  }

  addDelivery({ body, ...delivery }: NewDelivery) {
    const number = this.#lastNumber + 1;
    this.#add({ kind: "delivery", number, ...delivery, body: this.#blobs.append(body) });
  }

  addPush(push: Omit<PushRecord, "kind">) {
    this.#add({ kind: "push", ...push });
  }

  /** Adds a normalized event, once per id. @param description of its payload */
  addEvent(eventId: string, event: Record<string, unknown>, description: string | null = null) {
    if (this.#events.has(eventId)) return;
    const blob = this.#blobs.append(Buffer.from(JSON.stringify(event)));
    this.#add({ kind: "event", eventId, event: blob, ...readNames(event), description });
  }

  /** Newest first. */
  deliveries(): DeliveryRecord[] {
    return this.#deliveries.toReversed();
  }

  /** Changes with each new delivery, push and event. */
  revision(): number {
    return this.#revision;
  }

  /** The newest delivery, undefined before the first. */
  newest(): DeliveryRecord | undefined {
    return this.#deliveries.at(-1);
  }

  /** The delivery with a number, undefined if it is not in the log any more. */
  delivery(number: number): DeliveryRecord | undefined {
    return this.#deliveries[number - (this.#deliveries[0]?.number ?? 1)];
  }

  /** @param limit reads at most this many bytes from the beginning */
  readBody({ body }: DeliveryRecord, limit?: number): Buffer {
    return this.#blobs.read(body, limit);
  }

  /** The normalized event, undefined before its first push. */
  event(eventId: string): Record<string, unknown> | undefined {
    const record = this.#events.get(eventId);
    return record && JSON.parse(this.#blobs.read(record.event).toString("utf8"));
  }

  /** Whether the event was pushed. */
  hasEvent(eventId: string): boolean {
    return this.#events.has(eventId);
  }

  /** What a list shows of an event: null where it has none, or before its first push. */
  names(eventId: string | null): Pick<EventRecord, "actor" | "repository" | "description"> {
    const {
      actor = null,
      repository = null,
      description = null,
    } = (eventId !== null && this.#events.get(eventId)) || {};
    return { actor, repository, description };
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
    this.#revision++;
    if (entry.kind === "event") this.#events.set(entry.eventId, entry);
    else if (entry.kind === "push") this.#loadPush(entry);
    else this.#loadDelivery(entry);
  }

  #loadDelivery(delivery: DeliveryRecord) {
    this.#lastNumber = delivery.number;
    this.#deliveries.push(delivery);
    if (delivery.eventId !== null) {
      this.#unsettled.add(delivery.eventId);
      this.#historyOf(delivery.eventId).deliveries.push(delivery);
    }
    if (this.#deliveries.length <= MAX_DELIVERIES * 1.25) return;
    for (const old of this.#deliveries.splice(0, this.#deliveries.length - MAX_DELIVERIES)) this.#forget(old);
  }

  #loadPush(push: PushRecord) {
    const { pushes } = this.#historyOf(push.eventId);
    this.#unsettled.add(push.eventId);
    // One message has one set of attributes, however many subscribers and attempts it has.
    const same = pushes.find(({ messageId }) => messageId === push.messageId);
    pushes.push(same ? { ...push, attributes: same.attributes } : push);
  }

  #historyOf(eventId: string): EventHistory {
    const known = this.#histories.get(eventId);
    if (known) return known;
    const history = { deliveries: [], pushes: [] };
    this.#histories.set(eventId, history);
    return history;
  }

  /** The history of an event lasts as long as one of its deliveries. */
  #forget({ eventId, body, number }: DeliveryRecord) {
    this.#blobs.forget(body);
    if (eventId === null) return;
    const { deliveries } = this.history(eventId);
    const index = deliveries.findIndex((delivery) => delivery.number === number);
    if (index >= 0) deliveries.splice(index, 1);
    if (deliveries.length > 0) return;
    const event = this.#events.get(eventId);
    if (event) this.#blobs.forget(event.event);
    this.#events.delete(eventId);
    this.#histories.delete(eventId);
    this.#unsettled.delete(eventId);
  }
}

/** The last line of a process that was killed during a write is no JSON. */
function parseEntry(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

function readNames({
  actor,
  repository,
}: Record<string, unknown>): Pick<EventRecord, "actor" | "repository"> {
  const name = (actor as { name?: unknown } | null | undefined)?.name;
  const fullName = (repository as { fullName?: unknown } | null | undefined)?.fullName;
  return {
    actor: typeof name === "string" ? name : null,
    repository: typeof fullName === "string" ? fullName : typeof repository === "string" ? repository : null,
  };
}
