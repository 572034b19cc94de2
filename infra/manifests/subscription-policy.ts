import inTheCloud from "./cloud-policy.json" with { type: "json" };

/** Retry policy of a subscription. After the last attempt Pub/Sub moves the message to the dead-letter topic. */
export interface SubscriptionPolicy {
  minimumBackoffSeconds: number;
  maximumBackoffSeconds: number;
  maxDeliveryAttempts: number;
  ackDeadlineSeconds: number;
}

/** Policy in the cloud: the backoff adds up to 40 minutes, longer than most outages. Terraform reads the same file. */
export const cloudPolicy: SubscriptionPolicy = inTheCloud;

/** Policy on a laptop: short enough to watch a failure, and still longer than a minute in total. */
export const localPolicy: SubscriptionPolicy = {
  minimumBackoffSeconds: 0.5,
  maximumBackoffSeconds: 15,
  maxDeliveryAttempts: 10,
  ackDeadlineSeconds: 60,
};
