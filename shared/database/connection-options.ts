import type { PoolConfig } from "pg";
import { ConfigurationError } from "../configuration-error.ts";
import { readSecret } from "../secrets/secret.ts";

/** Longer than a transaction waits for Slack. A connection of a frozen instance releases its locks after this time. */
const IDLE_IN_TRANSACTION_MS = 90_000;
/** Longer than statements wait for locks under load. After this time the event is delivered again. */
const STATEMENT_MS = 60_000;
/** Longer than the server lets a statement run. After this time the connection is dead: the instance was frozen, or the network failed. */
const RESPONSE_MS = STATEMENT_MS + 5_000;
/** Idle time after which TCP checks that the server still answers. */
const KEEP_ALIVE_MS = 10_000;
/** Cloud Run mounts Cloud SQL's sockets in this folder, https://cloud.google.com/sql/docs/postgres/connect-run */
const SOCKETS_FOLDER = "/cloudsql";

/**
 * Reads the connection to Postgres from the environment: DATABASE_URL, or DB_USER, DB_PASSWORD, DB_NAME and an address. The address is
 * DB_HOST in the network that the functions are connected to, or DB_INSTANCE_CONNECTION_NAME for Cloud SQL's unix socket.
 *
 * @throws {ConfigurationError} with the names of the missing variables
 */
export function connectionOptions(env: Record<string, string | undefined>): PoolConfig {
  const limits = {
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: RESPONSE_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    connectionTimeoutMillis: 30_000,
    application_name: env.K_SERVICE || "ci-tooling",
  };
  if (env.DATABASE_URL) return { connectionString: env.DATABASE_URL, ...limits };
  const { DB_USER: user, DB_NAME: database, DB_INSTANCE_CONNECTION_NAME: instance, DB_HOST: address } = env;
  const missing = Object.entries({
    DB_USER: user,
    DB_NAME: database,
    "DB_HOST or DB_INSTANCE_CONNECTION_NAME": address || instance,
  })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (missing.length > 0)
    throw new ConfigurationError(
      `Postgres is not configured. Set DATABASE_URL, or ${missing.join(", ")} and DB_PASSWORD`,
    );
  return {
    user,
    database,
    host: address || `${SOCKETS_FOLDER}/${instance}`,
    ...(address && env.DB_CA && { ssl: tlsOptions(env.DB_CA) }),
    // Read for every connection, so that a rotated password needs no redeploy.
    password: () => readSecret("DB_PASSWORD"),
    ...limits,
  };
}

/**
 * Every Cloud SQL instance has its own certificate authority, so the signature identifies the instance. The certificate contains the
 * instance's name instead of its address: the host name cannot be checked. https://cloud.google.com/sql/docs/postgres/configure-ssl-instance
 */
function tlsOptions(ca: string) {
  return { ca, checkServerIdentity: () => undefined };
}
