import type { SubscriptionResource } from "./journal.ts";

/** Pub/Sub's defaults where a policy names only one end, https://cloud.google.com/pubsub/docs/handling-failures#exponential_backoff */
const MINIMUM_MS = 10_000;
const MAXIMUM_MS = 600_000;

/**
 * How long a message waits after its n-th failed delivery, in milliseconds: twice as long each time, within the policy's bounds.
 * Without a policy it is delivered again at once.
 */
export function backoffMs(policy: SubscriptionResource["retryPolicy"], attempt: number): number {
  if (!policy) return 0;
  const minimum = toMilliseconds(policy.minimumBackoff) ?? MINIMUM_MS;
  const maximum = toMilliseconds(policy.maximumBackoff) ?? MAXIMUM_MS;
  return Math.min(maximum, minimum * 2 ** (attempt - 1));
}

function toMilliseconds(duration: { seconds: number; nanos: number } | null): number | undefined {
  return duration ? duration.seconds * 1000 + duration.nanos / 1e6 : undefined;
}
