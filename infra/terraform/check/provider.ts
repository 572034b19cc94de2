/**
 * Emulates Terraform's google provider: it serves the schema of every resource in use, and nothing else. With it `terraform validate`
 * and `terraform test` check every type and argument without network or account.
 *
 * Terraform starts it; `check-terraform.ts` installs it where Terraform looks for providers.
 */
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

const { config, resources, dataSources } = readProviderSchema();
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
// Without this method Terraform waits two seconds for each provider to end, https://github.com/hashicorp/go-plugin/blob/main/internal/plugin/grpc_controller.proto
server.addService(
  {
    Shutdown: {
      path: "/plugin.GRPCController/Shutdown",
      requestStream: false,
      responseStream: false,
      requestSerialize: () => Buffer.alloc(0),
      requestDeserialize: () => ({}),
      responseSerialize: () => Buffer.alloc(0),
      responseDeserialize: () => ({}),
    },
  },
  {
    Shutdown: ((_call, respond) => {
      respond(null, {});
      setImmediate(() => server.tryShutdown(() => process.exit()));
    }) satisfies Unary,
  },
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The first line tells the caller how to reach a plugin, https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md
  console.log(`1|5|tcp|127.0.0.1:${port}|grpc`);
});
