import { ConfigurationError } from "../configuration-error.ts";
import { log } from "../observability/log.ts";
import { readSecretVersions } from "./secret-manager.ts";

/**
 * Older values are read again while they are used, so that a rotation needs no redeploy and no delivery waits.
 * SECRET_REFRESH_SECONDS sets another age.
 */
const REFRESH_AFTER_SECONDS = 300;
/** Values of this many such ages are used only if Secret Manager does not respond: an instance may have been frozen for hours. */
const FRESH_AGES = 2;
/** Values of this age are not used any more. */
const LAST_USE_MS = 24 * 60 * 60_000;
/** Time between two attempts while Secret Manager fails, as a share of that age. */
const RETRY_SHARE = 0.1;
/** Slack waits 3 s for a response. */
const TIMEOUT_MS = 2_000;
/** A new instance has no values to fall back on, and opens the connection first. GitHub waits 10 s for a response. */
const FIRST_TIMEOUT_MS = 8_000;

interface CachedSecret {
  values: string[];
  /** Unix times in milliseconds. */
  readAt: number;
  triedAt: number;
}

const cache = new Map<string, CachedSecret>();
const reading = new Map<string, Promise<string[]>>();

/**
 * Reads all valid values of a secret, newest first.
 *
 * The environment takes precedence: `NAME`, and during a rotation `NAME_PREVIOUS`. Otherwise the two newest enabled versions in
 * Secret Manager are valid, https://cloud.google.com/secret-manager/docs/add-secret-version. Disabling the older one ends a rotation.
 * While Secret Manager fails, the values that were read last stay valid for up to 24 hours.
 *
 * @returns the values themselves if they are known, which is so for nearly all deliveries: a promise costs about a microsecond
 * @throws {ConfigurationError} naming the secret, if it has no value
 */
export function readValidSecrets(name: string): string[] | Promise<string[]> {
  const inEnvironment = [process.env[name], process.env[`${name}_PREVIOUS`]].filter(
    (value): value is string => value !== undefined && value.trim() !== "",
  );
  if (inEnvironment.length > 0) return inEnvironment;

  const cached = cache.get(name);
  const step = decideRead(cached, Date.now());
  if (!cached || step === "wait") return refresh(name);
  // Its failure is logged, and decides whether the next caller still gets these values.
  if (step === "refresh") refresh(name).catch(() => {});
  return cached.values;
}

/** Reads the newest valid value of a secret. @throws {ConfigurationError} if it has no value */
export async function readSecret(name: string): Promise<string> {
  const [newest] = await readValidSecrets(name);
  if (newest === undefined) throw missingSecret(name);
  return newest;
}

/** Whether to use cached values, to use them and read them again in the background, or to wait for new ones. */
function decideRead(cached: CachedSecret | undefined, now: number): "use" | "refresh" | "wait" {
  if (!cached || now - cached.readAt >= LAST_USE_MS) return "wait";
  const age = now - cached.readAt;
  const refreshAfterMs = readRefreshSeconds(process.env) * 1000;
  if (age < refreshAfterMs || now - cached.triedAt < refreshAfterMs * RETRY_SHARE) return "use";
  return age < refreshAfterMs * FRESH_AGES ? "refresh" : "wait";
}

function readRefreshSeconds({ SECRET_REFRESH_SECONDS: text }: NodeJS.ProcessEnv): number {
  const seconds = Number(text || REFRESH_AFTER_SECONDS);
  if (!(seconds > 0)) throw new ConfigurationError("SECRET_REFRESH_SECONDS must be a number above 0");
  return seconds;
}

/** Concurrent callers share one read. */
function refresh(name: string): Promise<string[]> {
  const started = reading.get(name) ?? readAgain(name).finally(() => reading.delete(name));
  reading.set(name, started);
  return started;
}

async function readAgain(name: string): Promise<string[]> {
  const cached = cache.get(name);
  let values: string[];
  try {
    values = await readSecretVersions(name, cached ? TIMEOUT_MS : FIRST_TIMEOUT_MS);
  } catch (cause) {
    if (!cached || Date.now() - cached.readAt >= LAST_USE_MS)
      throw new ConfigurationError(`${name} is neither in the environment nor readable from Secret Manager`, {
        cause,
      });
    log("ERROR", "A secret could not be read again: its last values stay valid", {
      secret: name,
      error: cause,
    });
    cache.set(name, { ...cached, triedAt: Date.now() });
    return cached.values;
  }
  if (values.length === 0) {
    // Every version was disabled, on purpose.
    cache.delete(name);
    throw missingSecret(name);
  }
  const now = Date.now();
  cache.set(name, { values, readAt: now, triedAt: now });
  return values;
}

function missingSecret(name: string): ConfigurationError {
  return new ConfigurationError(
    `${name} has no value: set the variable, or add a version to the secret of that name in Secret Manager`,
  );
}
