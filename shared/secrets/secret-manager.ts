import type { SecretManagerServiceClient } from "@google-cloud/secret-manager/build/src/v1/secret_manager_service_client.js";

/** During a rotation two versions are valid: the previous one, which senders still use, and the new one. */
const VALID_VERSIONS = 2;

let connecting: Promise<SecretManagerServiceClient> | undefined;

/**
 * Reads the two newest enabled versions of a secret in Secret Manager, newest first. Versions of white space are no values: everybody
 * could sign with an empty key.
 *
 * @param timeoutMs for all calls together
 * @returns an empty list if no version has a value
 * @throws what Secret Manager's client throws, and an Error after `timeoutMs`
 */
export async function readSecretVersions(name: string, timeoutMs: number): Promise<string[]> {
  connecting ??= connect();
  const client = await connecting.catch((error) => {
    connecting = undefined;
    throw error;
  });
  return withDeadline(readVersions(client, name, timeoutMs), timeoutMs);
}

/** One client per instance: each has its own connection and access token. */
async function connect(): Promise<SecretManagerServiceClient> {
  // Imported on demand: the import takes longer than a whole request to a function with its secrets in the environment.
  // The package's main module would also load its beta version.
  const secretManager = await import(
    "@google-cloud/secret-manager/build/src/v1/secret_manager_service_client.js"
  );
  return new secretManager.SecretManagerServiceClient();
}

async function readVersions(
  client: SecretManagerServiceClient,
  name: string,
  timeout: number,
): Promise<string[]> {
  const parent = `projects/${await client.getProjectId()}/secrets/${name}`;
  const [versions] = await client.listSecretVersions(
    { parent, filter: "state:ENABLED", pageSize: 25 },
    { autoPaginate: false, timeout },
  );
  const newest = versions.flatMap((version) => (version.name ? [version.name] : [])).slice(0, VALID_VERSIONS);
  const values = await Promise.all(
    newest.map((version) => client.accessSecretVersion({ name: version }, { timeout })),
  );
  return values
    .map(([{ payload }]) =>
      Buffer.from(payload?.data ?? "")
        .toString("utf8")
        .trim(),
    )
    .filter((text) => text !== "");
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Secret Manager did not respond within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
