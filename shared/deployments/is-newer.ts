/** What orders deployments. */
export interface Ordered {
  source: string;
  id: string;
  attempt: number;
  number: number | null;
  /** When it was queued, or the first time that is known of it: RFC 3339. null in messages of earlier releases. */
  begunAt: string | null;
}

/** Whether both are the same attempt of the same deployment. */
export function isSameAttempt(one: Ordered, other: Ordered): boolean {
  return isSameDeployment(one, other) && one.attempt === other.attempt;
}

/**
 * Whether one deployment of a target began after another. Numbers of one sender give the order exactly; the times of different senders,
 * and of a later attempt of an old deployment, have to do.
 */
export function isNewer(one: Ordered, other: Ordered): boolean {
  if (isSameDeployment(one, other)) return one.attempt > other.attempt;
  const isNumbered = one.source === other.source && one.attempt === 1 && other.attempt === 1;
  if (isNumbered && one.number !== null && other.number !== null) return one.number > other.number;
  return one.begunAt !== null && (other.begunAt === null || one.begunAt > other.begunAt);
}

function isSameDeployment(one: Ordered, other: Ordered): boolean {
  return one.source === other.source && one.id === other.id;
}
