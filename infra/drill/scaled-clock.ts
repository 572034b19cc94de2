import { setTimeout as sleep } from "node:timers/promises";
import { cloudPolicy, type SubscriptionPolicy } from "../manifests/subscription-policy.ts";

const HOUR_MS = 60 * 60_000;

/** A clock on which an hour lasts for seconds. */
export class ScaledClock {
  readonly #start = Date.now();
  /** How many times faster it runs. */
  readonly factor: number;

  /** @param hourMs milliseconds that an hour lasts */
  constructor(hourMs: number) {
    this.factor = HOUR_MS / hourMs;
  }

  now(): Date {
    return new Date(this.#start + (Date.now() - this.#start) * this.factor);
  }

  /** Waits a number of the clock's minutes. */
  async wait(minutes: number) {
    await sleep((minutes * 60_000) / this.factor);
  }

  /** The clock's minutes since an earlier time of it. */
  minutesSince(time: Date): number {
    return (this.now().getTime() - time.getTime()) / 60_000;
  }
}

/** The retry policy in the cloud, on a scaled clock. The deadline of a push stays: a function is as slow as ever. */
export function scalePolicy(factor: number, policy: SubscriptionPolicy = cloudPolicy): SubscriptionPolicy {
  return {
    ...policy,
    minimumBackoffSeconds: policy.minimumBackoffSeconds / factor,
    maximumBackoffSeconds: policy.maximumBackoffSeconds / factor,
    ackDeadlineSeconds: 60,
  };
}
