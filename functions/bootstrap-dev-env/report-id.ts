import type { Delivery } from "../../shared/webhook/delivery.ts";

/** Scripts retry for less than this: `curl --max-time 15 --retry 2` takes a minute at most. */
const RETRY_MS = 2 * 60_000;

/**
 * Ids of reports without `created_at`: a person's next bootstrap has the same body. The minute of arrival distinguishes the two, and
 * is equal in all instances. A retry may arrive in the next minute, so an instance remembers the ids of the last two minutes.
 */
export class ReportIds {
  readonly #recent = new Map<string, { id: string; at: number }>();

  /** @param delivery with the body of the report */
  assign(delivery: Delivery): string {
    const now = delivery.receivedAt.getTime();
    for (const [body, { at }] of this.#recent) if (now - at > RETRY_MS) this.#recent.delete(body);
    const body = delivery.hash("bootstrap-dev-env");
    const minute = delivery.receivedAt.toISOString().slice(0, 16);
    const first = this.#recent.get(body) ?? { id: delivery.hash("bootstrap-dev-env", minute), at: now };
    this.#recent.set(body, first);
    return first.id;
  }
}
