import inTheCloud from "./cloud-policy.json" with { type: "json" };

/** How a subscription retries: seconds, and how often before a message goes to the dead-letter topic. */
export interface SubscriptionPolicy {
  minimumBackoffSeconds: number;
  maximumBackoffSeconds: number;
  maxDeliveryAttempts: number;
  ackDeadlineSeconds: number;
}

export const DEAD_LETTER_TOPIC = "dead-letter";

/** In the cloud: the waits add up to 40 minutes, longer than most outages. Terraform reads the same file. */
export const cloudPolicy: SubscriptionPolicy = inTheCloud;

/** On a laptop: shorter, so that a failure can be watched, and still longer than a minute in all. */
export const localPolicy: SubscriptionPolicy = {
  minimumBackoffSeconds: 0.5,
  maximumBackoffSeconds: 15,
  maxDeliveryAttempts: 10,
  ackDeadlineSeconds: 60,
};
