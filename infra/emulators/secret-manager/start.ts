import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type GrpcObject,
  type handleUnaryCall,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { load } from "@grpc/proto-loader";
import { invalidArgument, Secrets, type SecretVersion, StatusError, type VersionState } from "./secrets.ts";

export interface SecretManagerOptions {
  /** 0, the default, lets the system choose. */
  port?: number;
  /** Secrets that exist from the beginning: the versions' values by name, `projects/<project>/secrets/<id>`, the oldest first. */
  secrets?: Record<string, string[]>;
}

export interface RunningSecretManager {
  /** `127.0.0.1:<port>` */
  host: string;
  stop(): Promise<void>;
}

const MAX_PAGE_SIZE = 25_000;
const FILTER = /^state[:=](ENABLED|DISABLED|DESTROYED)$/;

/**
 * Starts a Secret Manager emulator, which Google's client reaches without TLS and credentials. Its state is in memory.
 *
 * @throws {Error} when the port is taken
 */
export async function startSecretManager({
  port = 0,
  secrets = {},
}: SecretManagerOptions = {}): Promise<RunningSecretManager> {
  const stored = new Secrets();
  for (const [name, values] of Object.entries(secrets)) {
    const [, parent = "", id = ""] = /^(projects\/[^/]+)\/secrets\/(.*)$/.exec(name) ?? [];
    stored.create(parent, id);
    for (const value of values) stored.add(name, Buffer.from(value));
  }
  const server = new Server();
  // The definition comes before the port: a client that connects in between gets UNIMPLEMENTED, which it does not retry.
  server.addService((await loadService()).service, secretManagerService(stored));
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, chosen) =>
      error ? reject(error) : resolve(chosen),
    );
  });
  return {
    host: `127.0.0.1:${bound}`,
    async stop() {
      server.forceShutdown();
    },
  };
}

/** Methods of google.cloud.secretmanager.v1.SecretManagerService. The others respond UNIMPLEMENTED. */
function secretManagerService(secrets: Secrets): UntypedServiceImplementation {
  return {
    createSecret: unary(({ parent, secretId }) => ({ name: secrets.create(parent, secretId) })),
    addSecretVersion: unary(({ parent, payload }) =>
      toVersion(secrets.add(parent, Buffer.from(payload?.data ?? ""))),
    ),
    getSecretVersion: unary(({ name }) => toVersion(secrets.get(name))),
    accessSecretVersion: unary(({ name }) => {
      const version = secrets.access(name);
      return { name: version.name, payload: { data: version.data } };
    }),
    listSecretVersions: unary((request) => listVersions(secrets, request)),
    enableSecretVersion: unary(({ name }) => toVersion(secrets.setState(name, "ENABLED"))),
    disableSecretVersion: unary(({ name }) => toVersion(secrets.setState(name, "DISABLED"))),
    destroySecretVersion: unary(({ name }) => toVersion(secrets.setState(name, "DESTROYED"))),
  };
}

/** Fields of the requests of all methods. */
interface Request {
  name: string;
  parent: string;
  secretId: string;
  payload: { data: Uint8Array } | null;
  filter: string;
  pageSize: number;
  pageToken: string;
}

/** Makes a gRPC method of a function that takes the request and returns the response, or throws a StatusError. */
function unary(handle: (request: Request) => object): handleUnaryCall<Request, object> {
  return ({ request }, callback) => {
    try {
      callback(null, handle(request));
    } catch (error) {
      if (error instanceof StatusError) callback({ code: error.code, details: error.message });
      else callback({ code: status.INTERNAL, details: String(error) });
    }
  };
}

function listVersions(secrets: Secrets, { parent, filter, pageSize, pageToken }: Request) {
  const [, state] = FILTER.exec(filter) ?? [];
  if (filter !== "" && state === undefined)
    throw invalidArgument(`This emulator knows filters of the state only, not ${filter}`);
  const all = secrets.list(parent).filter((version) => state === undefined || version.state === state);
  const start = Number(pageToken || 0);
  const end = start + Math.min(pageSize || MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  return {
    versions: all.slice(start, end).map(toVersion),
    nextPageToken: end < all.length ? String(end) : "",
    totalSize: all.length,
  };
}

/** A version in the form of google.cloud.secretmanager.v1.SecretVersion. */
function toVersion({ name, state, createdAt }: SecretVersion): {
  name: string;
  state: VersionState;
  createTime: object;
} {
  return {
    name,
    state,
    createTime: { seconds: Math.floor(createdAt / 1000), nanos: (createdAt % 1000) * 1e6 },
  };
}

/** Loads the definition from Google's own packages, the ones that the client uses. */
async function loadService(): Promise<ServiceClientConstructor> {
  const require = createRequire(import.meta.url);
  const protos = join(dirname(require.resolve("@google-cloud/secret-manager")), "../protos");
  const definition = await load("google/cloud/secretmanager/v1/service.proto", {
    includeDirs: [protos, join(dirname(require.resolve("google-gax")), "../protos")],
    longs: Number,
    enums: String,
    defaults: true,
  });
  const loaded = loadPackageDefinition(definition) as {
    google: { cloud: { secretmanager: { v1: GrpcObject } } };
  };
  return loaded.google.cloud.secretmanager.v1.SecretManagerService as ServiceClientConstructor;
}
