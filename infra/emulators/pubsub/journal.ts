import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A message as the journal and the broker store it. */
export interface StoredMessage {
  id: string;
  /** base64 */
  data: string;
  attributes: Record<string, string>;
  orderingKey: string;
  /** Milliseconds since 1970. */
  publishTime: number;
}

/** A topic in the form of google.pubsub.v1.Topic. The broker stores every field and reads only the name. */
export interface TopicResource {
  name: string;
}

interface Duration {
  seconds: number;
  nanos: number;
}

/** Where a BigQuery subscription writes, in the form of google.pubsub.v1.BigQueryConfig. */
export interface BigQueryConfig {
  /** `project.dataset.table` */
  table: string;
  /** Whether the columns subscription_name, message_id, publish_time and attributes are written. */
  writeMetadata: boolean;
}

/** A subscription in the form of google.pubsub.v1.Subscription. */
export interface SubscriptionResource {
  name: string;
  topic: string;
  pushConfig: { pushEndpoint: string } | null;
  /** Missing in the journals of earlier versions. */
  bigqueryConfig?: BigQueryConfig | null;
  ackDeadlineSeconds: number;
  filter: string;
  enableMessageOrdering: boolean;
  retryPolicy: { minimumBackoff: Duration | null; maximumBackoff: Duration | null } | null;
  deadLetterPolicy: { deadLetterTopic: string; maxDeliveryAttempts: number } | null;
}

/** A change that a restart has to restore. */
export type JournalEntry =
  | { op: "topic"; topic: TopicResource }
  | { op: "topic-deleted"; name: string }
  | { op: "subscription"; subscription: SubscriptionResource }
  | { op: "subscription-deleted"; name: string }
  | { op: "publish"; message: StoredMessage; to: string[]; attempt?: number }
  | { op: "attempt"; subscription: string; id: string; attempt: number }
  | { op: "ack"; subscription: string; id: string };

/** An append-only file of JSON lines. An entry is in the file when `append` returns. */
export class Journal {
  readonly #file: string | undefined;

  /** @param dir without it nothing is written */
  constructor(dir?: string) {
    if (dir) mkdirSync(dir, { recursive: true });
    this.#file = dir && join(dir, "journal.jsonl");
  }

  /**
   * Returns all entries in order, without a last line that is incomplete: its process was killed before it confirmed the change.
   * @throws {Error} for a damaged line elsewhere
   */
  read(): JournalEntry[] {
    if (!this.#file || !existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, "utf8").split("\n");
    return lines.flatMap((line, index) => parseLine(line, index === lines.length - 1));
  }

  append(entry: JournalEntry) {
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Replaces all entries by a shorter list that restores the same state. */
  rewrite(entries: JournalEntry[]) {
    if (!this.#file) return;
    const draft = `${this.#file}.new`;
    writeFileSync(draft, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    renameSync(draft, this.#file);
  }
}

function parseLine(line: string, isLast: boolean): JournalEntry[] {
  if (line === "") return [];
  try {
    return [JSON.parse(line) as JournalEntry];
  } catch (error) {
    if (isLast) return [];
    throw new Error("The Pub/Sub journal is damaged; npm start -- --fresh starts without one", {
      cause: error,
    });
  }
}
