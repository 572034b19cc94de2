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
  /** Directory of the journal of topics, subscriptions and unacknowledged messages. Without it they are in memory. */
  dataDir?: string;
  /** Root of the BigQuery REST API where BigQuery subscriptions write, `http://…/bigquery/v2`; read at every write. */
  bigqueryUrl?: () => string;
}

export interface RunningPubSub {
  /** `127.0.0.1:<port>`, for PUBSUB_EMULATOR_HOST. */
  host: string;
  /** Whether no push or BigQuery subscription has an unacknowledged message. */
  idle(): boolean;
  /** The unacknowledged messages of every subscription. */
  outstanding(): (Outstanding & { subscription: string })[];
  stop(): Promise<void>;
}

/** A request carries up to 10 MB of messages, plus their envelope. */
const MAX_REQUEST_BYTES = 20 * 1024 * 1024;

/**
 * Starts a Pub/Sub emulator, which the real client reaches through PUBSUB_EMULATOR_HOST: gRPC, push and streaming pull,
 * filters, retries with backoff, dead-letter topics, ordering keys.
 *
 * @throws {Error} when the port is taken
 */
export async function startPubSub({
  port = 0,
  dataDir,
  bigqueryUrl,
}: PubSubOptions = {}): Promise<RunningPubSub> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_REQUEST_BYTES,
    "grpc.max_send_message_length": MAX_REQUEST_BYTES,
  });
  // The definitions come before the port: a client that connects in between gets UNIMPLEMENTED, which it does not retry.
  const { Publisher, Subscriber } = await loadServices();
  const bound = await bind(server, port);
  const broker = openBroker(server, dataDir, bigqueryUrl);
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

/** Opens the journal once the port is bound: a process that holds the port may be writing the same journal. */
function openBroker(server: Server, dataDir?: string, bigqueryUrl?: () => string): Broker {
  try {
    return new Broker(dataDir, bigqueryUrl);
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

/** Loads the definitions from Google's own packages, the ones that the client uses. */
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
