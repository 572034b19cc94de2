import type { PoolConfig } from "pg";
import { ConfigurationError } from "../config.ts";
import { readSecret } from "../secrets/secret.ts";

/** Longer than Slack may make a transaction wait; a connection whose instance was frozen gives its locks up after it. */
const IDLE_IN_TRANSACTION_MS = 90_000;
/** Longer than the queue of a busy moment; after it the event is delivered again. */
const STATEMENT_MS = 60_000;
/** Where Cloud Run mounts the sockets of Cloud SQL, https://cloud.google.com/sql/docs/postgres/connect-run */
const SOCKETS = "/cloudsql";

/**
 * How Postgres is reached: DATABASE_URL, or DB_USER, DB_PASSWORD, DB_NAME and where it is: DB_HOST, an address in the network that
 * functions are connected to, or DB_INSTANCE_CONNECTION_NAME for Cloud SQL's unix socket.
 *
 * @throws {ConfigurationError} naming what is missing
 */
export function connectionOptions(env: Record<string, string | undefined>): PoolConfig {
  const limits = {
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    statement_timeout: STATEMENT_MS,
    connectionTimeoutMillis: 30_000,
    application_name: env.K_SERVICE || "ci-tooling",
  };
  if (env.DATABASE_URL) return { connectionString: env.DATABASE_URL, ...limits };
  const { DB_USER: user, DB_NAME: database, DB_INSTANCE_CONNECTION_NAME: instance, DB_HOST: address } = env;
  const where = address || instance;
  const missing = Object.entries({
    DB_USER: user,
    DB_NAME: database,
    "DB_HOST or DB_INSTANCE_CONNECTION_NAME": where,
  })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (missing.length > 0)
    throw new ConfigurationError(
      `Postgres cannot be reached: set DATABASE_URL, or ${missing.join(", ")} and DB_PASSWORD`,
    );
  return {
    user,
    database,
    host: address || `${SOCKETS}/${instance}`,
    ...(address && env.DB_CA && { ssl: signedBy(env.DB_CA) }),
    // Asked for at every connection: a rotated password needs no redeploy.
    password: () => readSecret("DB_PASSWORD"),
    ...limits,
  };
}

/**
 * Cloud SQL has a certificate authority for every instance, so that its signature says which instance it is; the certificate names the
 * instance and not its address. https://cloud.google.com/sql/docs/postgres/configure-ssl-instance
 */
function signedBy(ca: string) {
  return { ca, checkServerIdentity: () => undefined };
}
