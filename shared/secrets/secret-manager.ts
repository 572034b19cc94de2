import type { SecretManagerServiceClient } from "@google-cloud/secret-manager/build/src/v1/secret_manager_service_client.js";
import { channelOptions, describeEmulator, retryReadWithin } from "../grpc-options.ts";
import { withDeadline } from "../with-deadline.ts";

/** During a rotation two versions are valid: the previous one, which senders still use, and the new one. */
const VALID_VERSIONS = 2;

let connecting: Promise<SecretManagerServiceClient> | undefined;

/**
 * Reads the two newest enabled versions of a secret in Secret Manager, newest first. Versions of white space are no values: everybody
 * could sign with an empty key. SECRET_MANAGER_EMULATOR_HOST, `127.0.0.1:<port>`, names an emulator.
 *
 * @param timeoutMs for all calls together, retries included
 * @returns an empty list if no version has a value
 * @throws {DeadlineError} after `timeoutMs`, and what Secret Manager's client throws
 */
export async function readSecretVersions(name: string, timeoutMs: number): Promise<string[]> {
  connecting ??= connect(process.env.SECRET_MANAGER_EMULATOR_HOST);
  const client = await connecting.catch((error) => {
    connecting = undefined;
    throw error;
  });
  return withDeadline(readVersions(client, name, timeoutMs), timeoutMs);
}

/** One client per instance: each has its own connection and access token. */
async function connect(emulator: string | undefined): Promise<SecretManagerServiceClient> {
  // Imported on demand: the import takes longer than a whole request to a function with its secrets in the environment.
  // The package's main module would also load its beta version.
  const secretManager = await import(
    "@google-cloud/secret-manager/build/src/v1/secret_manager_service_client.js"
  );
  return new secretManager.SecretManagerServiceClient({
    ...channelOptions,
    ...(emulator && (await describeEmulator(emulator))),
  });
}

async function readVersions(
  client: SecretManagerServiceClient,
  name: string,
  timeoutMs: number,
): Promise<string[]> {
  const options = retryReadWithin(timeoutMs);
  const parent = `projects/${await client.getProjectId()}/secrets/${name}`;
  const [versions] = await client.listSecretVersions(
    { parent, filter: "state:ENABLED", pageSize: 25 },
    { ...options, autoPaginate: false },
  );
  const newest = versions.flatMap((version) => (version.name ? [version.name] : [])).slice(0, VALID_VERSIONS);
  const values = await Promise.all(
    newest.map((version) => client.accessSecretVersion({ name: version }, options)),
  );
  return values
    .map(([{ payload }]) =>
      Buffer.from(payload?.data ?? "")
        .toString("utf8")
        .trim(),
    )
    .filter((text) => text !== "");
}
