import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type GrpcObject,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
} from "@grpc/grpc-js";
import { load } from "@grpc/proto-loader";
import { Broker } from "./broker.ts";
import { publisherService } from "./publisher-service.ts";
import type { Outstanding } from "./queue.ts";
import { subscriberService } from "./subscriber-service.ts";

export interface PubSubOptions {
  /** 0, the default, lets the system choose. */
  port?: number;
  /** Topics, subscriptions and unacknowledged messages are kept here; without it, in memory. */
  dataDir?: string;
}

export interface RunningPubSub {
  /** `127.0.0.1:<port>`, for PUBSUB_EMULATOR_HOST. */
  host: string;
  /** Whether nothing waits, is on its way or is to be retried at any push endpoint. */
  idle(): boolean;
  /** Every unacknowledged message of every subscription. */
  outstanding(): (Outstanding & { subscription: string })[];
  stop(): Promise<void>;
}

/** A request carries up to 10 MB of messages, and what is around them. */
const MAX_REQUEST_BYTES = 20 * 1024 * 1024;

/**
 * Starts a Pub/Sub that the real client reaches through PUBSUB_EMULATOR_HOST: gRPC, push and streaming pull, filters,
 * retries with backoff, dead-letter topics, ordering keys.
 *
 * @throws {Error} when the port is taken
 */
export async function startPubSub({ port = 0, dataDir }: PubSubOptions = {}): Promise<RunningPubSub> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_REQUEST_BYTES,
    "grpc.max_send_message_length": MAX_REQUEST_BYTES,
  });
  // Loaded before there is a port: a client that came in between would be told UNIMPLEMENTED, which it does not retry.
  const { Publisher, Subscriber } = await loadServices();
  const bound = await bind(server, port);
  const broker = openBroker(server, dataDir);
  server.addService(Publisher.service, publisherService(broker));
  server.addService(Subscriber.service, subscriberService(broker));
  return {
    host: `127.0.0.1:${bound}`,
    idle: () => broker.idle(),
    outstanding: () =>
      [...broker.queues.values()].flatMap((queue) =>
        queue.outstanding().map((each) => ({ ...each, subscription: queue.resource.name })),
      ),
    async stop() {
      broker.close();
      server.forceShutdown();
    },
  };
}

/** The port is bound first: whoever has it may be writing the same journal. */
function openBroker(server: Server, dataDir: string | undefined): Broker {
  try {
    return new Broker(dataDir);
  } catch (error) {
    server.forceShutdown();
    throw error;
  }
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
}

/** The services' definitions come from Google's own packages, so that they are what the client speaks. */
async function loadServices(): Promise<{
  Publisher: ServiceClientConstructor;
  Subscriber: ServiceClientConstructor;
}> {
  const require = createRequire(import.meta.url);
  const protos = join(dirname(require.resolve("@google-cloud/pubsub")), "../protos");
  const definition = await load("google/pubsub/v1/pubsub.proto", {
    includeDirs: [protos, join(dirname(require.resolve("google-gax")), "../protos")],
    longs: Number,
    enums: String,
    defaults: true,
  });
  const loaded = loadPackageDefinition(definition) as { google: { pubsub: { v1: GrpcObject } } };
  const { Publisher, Subscriber } = loaded.google.pubsub.v1;
  return {
    Publisher: Publisher as ServiceClientConstructor,
    Subscriber: Subscriber as ServiceClientConstructor,
  };
}
