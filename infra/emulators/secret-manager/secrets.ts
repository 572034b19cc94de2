import { status } from "@grpc/grpc-js";

/** https://cloud.google.com/secret-manager/quotas#content_limits */
const MAX_PAYLOAD_BYTES = 64 * 1024;
/** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create */
const SECRET_ID = /^[A-Za-z0-9_-]{1,255}$/;

export type VersionState = "ENABLED" | "DISABLED" | "DESTROYED";

export interface SecretVersion {
  /** `projects/<project>/secrets/<id>/versions/<number>` */
  name: string;
  state: VersionState;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Empty once the version is destroyed. */
  data: Buffer;
}

/** A gRPC status other than OK, https://grpc.io/docs/guides/status-codes/ */
export class StatusError extends Error {
  override name = "StatusError";
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

/** Secrets and their versions, in memory. Methods throw a StatusError with Secret Manager's code. */
export class Secrets {
  /** Versions by name of the secret, the oldest first. */
  readonly #secrets = new Map<string, SecretVersion[]>();

  /** @returns the secret's name */
  create(parent: string, id: string): string {
    if (!SECRET_ID.test(id)) throw invalidArgument(`Invalid secret id [${id}].`);
    const name = `${parent}/secrets/${id}`;
    if (this.#secrets.has(name))
      throw new StatusError(status.ALREADY_EXISTS, `Secret [${name}] already exists.`);
    this.#secrets.set(name, []);
    return name;
  }

  add(secret: string, data: Buffer): SecretVersion {
    const versions = this.#secrets.get(secret);
    if (!versions) throw notFound(`Secret [${secret}] not found.`);
    if (data.length === 0 || data.length > MAX_PAYLOAD_BYTES)
      throw invalidArgument(`The payload has ${data.length} bytes, and must have 1 to ${MAX_PAYLOAD_BYTES}.`);
    const name = `${secret}/versions/${versions.length + 1}`;
    const version: SecretVersion = { name, state: "ENABLED", createdAt: Date.now(), data };
    versions.push(version);
    return version;
  }

  /** Versions of a secret, the newest first. */
  list(secret: string): SecretVersion[] {
    const versions = this.#secrets.get(secret);
    if (!versions) throw notFound(`Secret [${secret}] not found.`);
    return versions.toReversed();
  }

  /** @param name of a version; `latest` instead of a number is the newest one in any state */
  get(name: string): SecretVersion {
    const [, secret = "", number = ""] = /^(.*)\/versions\/(latest|\d+)$/.exec(name) ?? [];
    const versions = this.#secrets.get(secret);
    if (!versions || versions.length === 0)
      throw notFound(`Secret [${secret || name}] not found or has no versions.`);
    const version = number === "latest" ? versions.at(-1) : versions[Number(number) - 1];
    if (!version) throw notFound(`Secret Version [${name}] not found.`);
    return version;
  }

  /** @returns the version, if its payload can be read */
  access(name: string): SecretVersion {
    const version = this.get(name);
    if (version.state !== "ENABLED") throw wrongState(version);
    return version;
  }

  setState(name: string, state: VersionState): SecretVersion {
    const version = this.get(name);
    if (version.state === "DESTROYED") throw wrongState(version);
    version.state = state;
    if (state === "DESTROYED") version.data = Buffer.alloc(0);
    return version;
  }
}

export function invalidArgument(message: string): StatusError {
  return new StatusError(status.INVALID_ARGUMENT, message);
}

function notFound(message: string): StatusError {
  return new StatusError(status.NOT_FOUND, message);
}

function wrongState({ name, state }: SecretVersion): StatusError {
  return new StatusError(status.FAILED_PRECONDITION, `Secret Version [${name}] is in ${state} state.`);
}
