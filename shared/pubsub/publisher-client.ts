import type { PublisherClient } from "@google-cloud/pubsub/build/src/v1/publisher_client.js";
import { channelOptions, describeEmulator } from "../grpc-options.ts";

/** The client of an instance, and the project of its topics. */
export interface Connection {
  client: PublisherClient;
  project: string;
}

let connecting: Promise<Connection> | undefined;

/**
 * Gets the client of Pub/Sub's Publisher service, one per instance. The first call loads it, which takes longer than everything else that a
 * cold start does. `PubSub` of the same package would also load what subscribes and administrates.
 *
 * `PUBSUB_EMULATOR_HOST` names another server, as for Google's own clients: https://cloud.google.com/pubsub/docs/emulator#env
 *
 * @throws {Error} if the project is unknown; the next call tries again
 */
export function getPublisherClient(): Promise<Connection> {
  connecting ??= connect().catch((error) => {
    connecting = undefined;
    throw error;
  });
  return connecting;
}

/**
 * Loads the client and connects once this process listens, so that the first delivery arrives in the meantime.
 * Only where one process serves one function: a suite in one process chooses its endpoints later.
 *
 * @param functionName the function that publishes
 */
export function connectEarly(functionName: string) {
  if (process.env.FUNCTION_TARGET !== functionName) return;
  // The first publish tries again, and reports what fails.
  setImmediate(() => getPublisherClient().catch(() => {}));
}

async function connect(): Promise<Connection> {
  const { PublisherClient } = await import("@google-cloud/pubsub/build/src/v1/publisher_client.js");
  const emulator = process.env.PUBSUB_EMULATOR_HOST;
  const client = new PublisherClient({
    ...channelOptions,
    ...(emulator && (await describeEmulator(emulator))),
  });
  // Reads the credentials and opens the channel while the first delivery arrives.
  const stub = await client.initialize();
  stub.getChannel?.().getConnectivityState(true);
  const project = process.env.GOOGLE_CLOUD_PROJECT || (await client.getProjectId());
  return { client, project };
}
