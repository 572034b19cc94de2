import type { PoolConfig } from "pg";
import { ConfigurationError } from "../config.ts";
import { secret } from "../secrets/secret.ts";

/** Longer than Slack may make a transaction wait; a connection whose instance was frozen gives its locks up after it. */
const IDLE_IN_TRANSACTION_MS = 90_000;
/** Longer than the queue of a busy moment; after it the event is delivered again. */
const STATEMENT_MS = 60_000;
/** Where Cloud Run mounts the sockets of Cloud SQL, https://cloud.google.com/sql/docs/postgres/connect-run */
const SOCKETS = "/cloudsql";

/**
 * How Postgres is reached: DATABASE_URL, or DB_USER, DB_PASSWORD, DB_NAME and DB_INSTANCE_CONNECTION_NAME for Cloud SQL's unix socket.
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
  const { DB_USER: user, DB_NAME: database, DB_INSTANCE_CONNECTION_NAME: instance } = env;
  const missing = Object.entries({ DB_USER: user, DB_NAME: database, DB_INSTANCE_CONNECTION_NAME: instance })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (missing.length > 0)
    throw new ConfigurationError(
      `Postgres cannot be reached: set DATABASE_URL, or ${missing.join(", ")} and DB_PASSWORD for Cloud SQL`,
    );
  return {
    user,
    database,
    host: `${SOCKETS}/${instance}`,
    // Asked for at every connection: a rotated password needs no redeploy.
    password: () => secret("DB_PASSWORD"),
    ...limits,
  };
}
