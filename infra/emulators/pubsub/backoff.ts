import type { SubscriptionResource } from "./journal.ts";

/** Pub/Sub's defaults for a bound that the policy leaves out, https://cloud.google.com/pubsub/docs/handling-failures#exponential_backoff */
const MINIMUM_MS = 10_000;
const MAXIMUM_MS = 600_000;

/**
 * Milliseconds between a message's n-th failed delivery and the next one. The wait doubles each time, within the policy's bounds.
 * Without a policy there is no wait.
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
