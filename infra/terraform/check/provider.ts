import { fileURLToPath } from "node:url";
import {
  type GrpcObject,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { type Block, readProviderSchema } from "./provider-schema.ts";

const LIST = 2;
const SINGLE = 1;

type Unary = (call: { request: unknown }, respond: (error: null, response: unknown) => void) => void;

function unaryMethod(toResponse: (request: never) => unknown): Unary {
  return ({ request }, respond) => respond(null, toResponse(request as never));
}

/** The declarations do not mark optional arguments with a computed default, so those count as optional only, except `id`. */
function toMessage({ attributes, blocks = {} }: Block): object {
  return {
    attributes: Object.entries(attributes).map(([name, { type, required, optional, computed }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      required,
      optional,
      computed: computed || name === "id",
    })),
    block_types: Object.entries(blocks).map(([type_name, { nesting, min, max, ...block }]) => ({
      type_name,
      block: toMessage(block),
      nesting: nesting === "single" ? SINGLE : LIST,
      min_items: min,
      max_items: max,
    })),
  };
}

function toSchemas(blocks: Record<string, Block>) {
  return Object.fromEntries(
    Object.entries(blocks).map(([name, block]) => [name, { block: toMessage(block) }]),
  );
}

export interface RunningProvider {
  /** Value of TF_REATTACH_PROVIDERS with which Terraform uses this provider instead of starting one. */
  reattach: string;
  stop(): void;
}

/**
 * Emulates Terraform's google provider: it serves the schema of every resource in use, and nothing else. With it `terraform validate`
 * and `terraform test` check every type and argument without network or account.
 *
 * Terraform connects to it, as to a provider in a debugger, and installs and starts none:
 * https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli
 */
export async function startProvider(): Promise<RunningProvider> {
  const { provider, config, resources, dataSources } = readProviderSchema();
  const schema = {
    provider: { block: toMessage(config) },
    resource_schemas: toSchemas(resources),
    data_source_schemas: toSchemas(dataSources),
  };
  const proto = loadSync(fileURLToPath(new URL("tfplugin5.proto", import.meta.url)), { keepCase: true });
  const { Provider } = loadPackageDefinition(proto).tfplugin5 as GrpcObject;
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  server.addService((Provider as ServiceClientConstructor).service, {
    GetSchema: unaryMethod(() => schema),
    PrepareProviderConfig: unaryMethod((request: object) => request),
    ValidateResourceTypeConfig: unaryMethod(() => ({})),
    ValidateDataSourceConfig: unaryMethod(() => ({})),
    Configure: unaryMethod(() => ({})),
    Stop: unaryMethod(() => ({})),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    reattach: JSON.stringify({
      [provider]: {
        Protocol: "grpc",
        ProtocolVersion: 5,
        Pid: process.pid,
        // Terraform ends a provider after each step unless it is under test.
        Test: true,
        Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
      },
    }),
    stop: () => server.forceShutdown(),
  };
}
