const MINUTE_MS = 60_000;
/** GitHub redelivers for three days: https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
export const RETENTION_MS = 3 * 24 * 60 * MINUTE_MS;
const FIRST_WAIT_MS = 5 * MINUTE_MS;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;

/** One attempt in a delivery log of GitHub. */
export interface Attempt {
  /** Name of the log. */
  log: string;
  /** Unique in the log. */
  id: string;
  /** X-GitHub-Delivery, the event's id: all attempts at an event share it. */
  guid: string;
  event: string;
  repositoryId: string | null;
  /** 0 if GitHub got no response. */
  statusCode: number;
  /** Whether somebody asked for the attempt. */
  isRedelivery: boolean;
  deliveredAt: Date;
}

/** An event of which no attempt in the log got a 2xx. */
export interface FailedDelivery {
  guid: string;
  event: string;
  repositoryId: string | null;
  firstFailedAt: Date;
  /** Log of the newest failed attempt. */
  log: string;
  /** Id of that attempt. GitHub repeats it. */
  deliveryId: string;
}

export interface DeliveryOutcomes {
  failed: FailedDelivery[];
  /** Time of the first 2xx by guid. */
  succeeded: Map<string, Date>;
}

/**
 * Groups attempts by event. Several webhooks share the guid of an event: a 2xx in one log is enough. A 2xx is proof that the event is stored, because the function github sends it after Pub/Sub has confirmed.
 * Without one it may be stored too; then another attempt has the same id and counts once.
 */
export function groupAttempts(attempts: Attempt[]): DeliveryOutcomes {
  const succeeded = new Map<string, Date>();
  const failed = new Map<string, FailedDelivery>();
  for (const attempt of attempts.toSorted((a, b) => a.deliveredAt.getTime() - b.deliveredAt.getTime())) {
    const { guid, event, repositoryId, deliveredAt, log, id } = attempt;
    if (attempt.statusCode >= 200 && attempt.statusCode < 300) {
      if (!succeeded.has(guid)) succeeded.set(guid, deliveredAt);
    } else {
      const firstFailedAt = failed.get(guid)?.firstFailedAt ?? deliveredAt;
      failed.set(guid, { guid, event, repositoryId, firstFailedAt, log, deliveryId: id });
    }
  }
  return { failed: [...failed.values()].filter(({ guid }) => !succeeded.has(guid)), succeeded };
}

/** What to do about an event that still has no 2xx. */
export type Decision = { do: "ask"; nextAttemptAt: Date } | { do: "wait" } | { do: "give up" };

interface PendingDelivery {
  firstFailedAt: Date;
  /** Attempts that were asked for. */
  requested: number;
  nextAttemptAt: Date;
}

/** Asks at once, and then after 5, 10, 20, … minutes, at most six hours, until GitHub has forgotten the delivery. */
export function decide({ firstFailedAt, requested, nextAttemptAt }: PendingDelivery, now: Date): Decision {
  if (now.getTime() - firstFailedAt.getTime() >= RETENTION_MS) return { do: "give up" };
  if (nextAttemptAt > now) return { do: "wait" };
  const wait = Math.min(FIRST_WAIT_MS * 2 ** requested, LONGEST_WAIT_MS);
  return { do: "ask", nextAttemptAt: new Date(now.getTime() + wait) };
}
