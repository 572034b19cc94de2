import { ConfigurationError } from "../config.ts";

/** Values from Secret Manager are read again after this time, so that a rotation needs no redeploy. */
const TTL_MS = 5 * 60_000;
/** During a rotation two versions are valid: the previous one, which senders still use, and the new one. */
const VALID_VERSIONS = 2;

const cache = new Map<string, { values: Promise<string[]>; until: number }>();

/**
 * Reads all valid values of a secret, newest first.
 *
 * The environment takes precedence: `NAME`, and during a rotation `NAME_PREVIOUS`. Otherwise the two newest enabled versions in
 * Secret Manager are valid, https://cloud.google.com/secret-manager/docs/add-secret-version. Disabling the older one ends a rotation.
 *
 * @throws {ConfigurationError} naming the secret, if it has no value
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
  // A failure must not stay cached for the whole TTL.
  values.catch(() => cache.delete(name));
  return values;
}

/** Reads the newest valid value of a secret. @throws {ConfigurationError} if it has no value */
export async function readSecret(name: string): Promise<string> {
  const [newest] = await readValidSecrets(name);
  if (newest === undefined) throw missingSecret(name);
  return newest;
}

async function readVersions(name: string): Promise<string[]> {
  // Imported on demand: the import takes longer than a whole request to a function with its secrets in the environment.
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
    if (texts.length === 0) throw missingSecret(name);
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

function missingSecret(name: string): ConfigurationError {
  return new ConfigurationError(
    `${name} has no value: set the variable, or add a version to the secret of that name in Secret Manager`,
  );
}
