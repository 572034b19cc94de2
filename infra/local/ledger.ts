import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** A request to a source function, and what it was answered. */
export interface DeliveryRecord {
  kind: "delivery";
  at: string;
  source: string;
  headers: Record<string, string>;
  /** base64 */
  body: string;
  status: number;
  /** X-Event-Id of the answer: set when an event was stored. */
  eventId: string | null;
  answer: string;
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

type Entry = DeliveryRecord | PushRecord;

/** How many entries are kept in memory and read again after a restart. */
const KEPT = 20_000;

/**
 * What the local suite saw pass through its one door: deliveries to source functions and pushes to subscribers.
 * It is written down by the door, so that it knows the same whichever Pub/Sub is behind it.
 */
export class Ledger {
  readonly #file: string | undefined;
  readonly #deliveries: DeliveryRecord[] = [];
  readonly #pushes: PushRecord[] = [];

  /** @param file JSON lines that survive a restart; without it nothing does */
  constructor(file?: string) {
    this.#file = file;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) for (const entry of readEntries(file)) this.#remember(entry);
  }

  add(entry: Entry) {
    this.#remember(entry);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Newest first. */
  deliveries(): DeliveryRecord[] {
    return this.#deliveries.toReversed();
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

  /** The last state of each message at each subscription. */
  latestPushes(): PushRecord[] {
    return [
      ...new Map(this.#pushes.map((push) => [`${push.subscription} ${push.messageId}`, push])).values(),
    ];
  }

  #remember(entry: Entry) {
    if (entry.kind === "delivery") keep(this.#deliveries, entry, KEPT);
    else keep(this.#pushes, entry, KEPT * 4);
  }
}

function keep<T>(entries: T[], entry: T, kept: number) {
  entries.push(entry);
  if (entries.length > kept * 1.25) entries.splice(0, entries.length - kept);
}

function readEntries(file: string): Entry[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .slice(-KEPT * 5);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      // The last line of a process that was killed while it wrote.
      return [];
    }
  });
}
