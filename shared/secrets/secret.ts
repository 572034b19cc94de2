import { ConfigurationError } from "../config.ts";

/** How long a secret that was read from Secret Manager is used before it is read again: a rotation needs no redeploy. */
const TTL_MS = 5 * 60_000;
/** A rotation has two: the one that senders still use and the one that they are being given. */
const VALID_VERSIONS = 2;

const cache = new Map<string, { values: Promise<string[]>; until: number }>();

/**
 * All currently valid values of a secret, newest first.
 *
 * The environment wins: `NAME`, and during a rotation `NAME_PREVIOUS`. Else Secret Manager's newest two enabled versions,
 * https://cloud.google.com/secret-manager/docs/add-secret-version — disabling the older version ends the rotation.
 *
 * @throws {ConfigurationError} naming the secret when it has no value anywhere
 */
export async function readValidSecrets(name: string): Promise<string[]> {
  const inEnvironment = [process.env[name], process.env[`${name}_PREVIOUS`]].filter(
    (value) => value !== undefined && value !== "",
  );
  if (inEnvironment.length > 0) return inEnvironment as string[];

  const cached = cache.get(name);
  if (cached && cached.until > Date.now()) return cached.values;
  const values = readVersions(name);
  cache.set(name, { values, until: Date.now() + TTL_MS });
  // A failure must not be remembered for the whole TTL.
  values.catch(() => cache.delete(name));
  return values;
}

/** The newest valid value of a secret. @throws {ConfigurationError} when it has none */
export async function readSecret(name: string): Promise<string> {
  const [newest] = await readValidSecrets(name);
  if (newest === undefined) throw missing(name);
  return newest;
}

async function readVersions(name: string): Promise<string[]> {
  // Loaded only when needed: the client takes longer to import than a function with its secrets in the environment takes to answer.
  const { SecretManagerServiceClient } = await import("@google-cloud/secret-manager");
  const client = new SecretManagerServiceClient();
  try {
    const parent = `projects/${await client.getProjectId()}/secrets/${name}`;
    const [versions] = await client.listSecretVersions(
      { parent, filter: "state:ENABLED", pageSize: 25 },
      { autoPaginate: false },
    );
    const newest = versions
      .flatMap((version) => (version.name ? [version.name] : []))
      .slice(0, VALID_VERSIONS);
    const values = await Promise.all(newest.map((version) => client.accessSecretVersion({ name: version })));
    const texts = values.flatMap(([{ payload }]) =>
      payload?.data ? [Buffer.from(payload.data).toString("utf8").trim()] : [],
    );
    if (texts.length === 0) throw missing(name);
    return texts;
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new ConfigurationError(`${name} is neither in the environment nor readable from Secret Manager`, {
      cause,
    });
  } finally {
    await client.close();
  }
}

function missing(name: string): ConfigurationError {
  return new ConfigurationError(
    `${name} has no value: set the variable, or add a version to the secret of that name in Secret Manager`,
  );
}
