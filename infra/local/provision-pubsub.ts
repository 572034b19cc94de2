import { PubSub } from "@google-cloud/pubsub";
import { DEAD_LETTER_TOPIC, REPLAY_TOPIC } from "../../shared/pubsub/topics.ts";
import type { FunctionFolder, Subscription } from "../manifests/read-functions.ts";
import type { SubscriptionPolicy } from "../manifests/subscription-policy.ts";

/** gRPC status ALREADY_EXISTS, https://grpc.io/docs/guides/status-codes/ */
const ALREADY_EXISTS = 6;

/**
 * Creates topics and push subscriptions as Terraform does in the cloud, in the emulator that PUBSUB_EMULATOR_HOST names.
 * Existing ones stay; existing subscriptions get `url` as their push endpoint.
 *
 * @param writesDeadLetters whether the emulator writes dead letters to BigQuery; Google's cannot
 */
export async function provisionPubSub(
  functions: FunctionFolder[],
  url: string,
  policy: SubscriptionPolicy,
  writesDeadLetters: boolean,
) {
  const pubsub = new PubSub({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? "local" });
  try {
    const topics = functions.flatMap(({ manifest }) => manifest.publishes ?? []);
    await Promise.all(
      [DEAD_LETTER_TOPIC, REPLAY_TOPIC, ...topics].map((topic) => ignoreExisting(pubsub.createTopic(topic))),
    );
    await ignoreExisting(pubsub.createSubscription(DEAD_LETTER_TOPIC, DEAD_LETTER_TOPIC));
    if (writesDeadLetters)
      await ignoreExisting(
        pubsub.createSubscription(DEAD_LETTER_TOPIC, `${DEAD_LETTER_TOPIC}-to-bigquery`, {
          bigqueryConfig: { table: `${pubsub.projectId}.product_eng.dead_letters`, writeMetadata: true },
        }),
      );
    await Promise.all(
      functions
        .flatMap(({ subscriptions }) => subscriptions)
        .map((subscription) => createSubscription(pubsub, subscription, url, policy)),
    );
  } finally {
    await pubsub.close();
  }
}

async function createSubscription(
  pubsub: PubSub,
  subscription: Subscription,
  url: string,
  policy: SubscriptionPolicy,
) {
  const topic = pubsub.topic(subscription.topic);
  // The Functions Framework reads the topic name from the path.
  const pushEndpoint = `${url}/${subscription.function}/projects/${pubsub.projectId}/topics/${subscription.topic}`;
  const deadLetterTopic = `projects/${pubsub.projectId}/topics/${DEAD_LETTER_TOPIC}`;
  const created = await ignoreExisting(
    topic.createSubscription(subscription.name, {
      pushConfig: { pushEndpoint },
      ackDeadlineSeconds: policy.ackDeadlineSeconds,
      retryPolicy: {
        minimumBackoff: toDuration(policy.minimumBackoffSeconds),
        maximumBackoff: toDuration(policy.maximumBackoffSeconds),
      },
      deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts: policy.maxDeliveryAttempts },
      ...(subscription.filter !== undefined && { filter: subscription.filter }),
    }),
  );
  if (!created) await topic.subscription(subscription.name).modifyPushConfig({ pushEndpoint });
}

async function ignoreExisting(creation: Promise<unknown>): Promise<boolean> {
  try {
    await creation;
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === ALREADY_EXISTS) return false;
    throw error;
  }
}

function toDuration(seconds: number) {
  return { seconds: Math.floor(seconds), nanos: Math.round((seconds % 1) * 1e9) };
}
