import type { BlobReference } from "./blob-store.ts";
import type { LoggedLine } from "./capture-log.ts";

/** A request to a source function and the response to it. */
export interface DeliveryRecord {
  kind: "delivery";
  /** Starts at 1, in order of arrival. */
  number: number;
  /** RFC 3339, of the response. */
  at: string;
  /** From the request to its response. */
  durationMs: number;
  source: string;
  method: string;
  headers: Record<string, string>;
  body: BlobReference;
  status: number;
  /** X-Event-Id of the response, null when no event was published. */
  eventId: string | null;
  response: string;
  /** Lines that the source function logged. */
  log: LoggedLine[];
}

/** A delivery before it has a number. */
export type NewDelivery = Omit<DeliveryRecord, "kind" | "number" | "body"> & { body: Buffer };

/** A push of a message to a subscriber function and its outcome. */
export interface PushRecord {
  kind: "push";
  /** RFC 3339, of the response. */
  at: string;
  /** From the request to its response. */
  durationMs: number;
  subscription: string;
  function: string;
  messageId: string;
  eventId: string;
  attributes: Record<string, string>;
  attempt: number;
  outcome: "acknowledged" | "retrying" | "dead-lettered";
  error?: string;
  /** Lines that the subscriber logged. */
  log: LoggedLine[];
}

/** The normalized event of a delivery, from its first push, without the payload: that is the delivery's body. */
export interface EventRecord {
  kind: "event";
  eventId: string;
  /** JSON. */
  event: BlobReference;
  /** Login, e-mail address or name, as the sender gives it. */
  actor: string | null;
  /** owner/name */
  repository: string | null;
  /** See `describePayload`. */
  description: string | null;
}

export type Entry = DeliveryRecord | PushRecord | EventRecord;

/** Deliveries and pushes of one event, oldest first. */
export interface EventHistory {
  deliveries: DeliveryRecord[];
  pushes: PushRecord[];
}
