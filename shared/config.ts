import { z } from "zod";

const list = z
  .string()
  .transform((text) => text.split(",").map((item) => item.trim()))
  .pipe(z.array(z.string().min(1)));

const name = z.string().min(1);
const repository = z.string().regex(/^[^/\s]+\/[^/\s]+$/, "must be owner/name");

/**
 * Every variable that changes what the suite does for an organization, with getsentry's value as default.
 * Endpoints and secrets are not here: the clients read endpoints themselves, `shared/secrets` reads secrets.
 */
const variables = z.object({
  ORGANIZATION: name.default("getsentry"),
  DEPLOY_APP: name.default("getsentry"),
  DEPLOY_ENVIRONMENT: name.default("production"),
  DEPLOY_REPOSITORY: repository.default("getsentry/getsentry"),
  UPSTREAM_REPOSITORY: repository.default("getsentry/sentry"),
  BUMP_AUTHORS: list.default(["getsentry-bot", "bot@sentry.io", "bot@getsentry.com"]),
  BOT_LOGINS: list.default([
    "getsentry-bot",
    "codecov-commenter",
    "codecov-io",
    "CLAassistant",
    "sentry-io",
    "vercel-bot",
  ]),
  BIGQUERY_METRICS_DATASET: name.default("product_eng"),
  BIGQUERY_OPEN_SOURCE_DATASET: name.default("open_source"),
});

/** Thrown when a variable has a value that cannot be used; the message names each variable. */
export class ConfigurationError extends Error {
  override name = "ConfigurationError";
}

/**
 * Reads the configuration from environment variables (each is described in `.env.example`).
 *
 * @throws {ConfigurationError} naming every variable whose value cannot be used
 */
export function readConfig(env: Record<string, string | undefined>) {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = variables.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigurationError(`Environment variables that cannot be used: ${problems.join("; ")}`);
  }
  const value = parsed.data;
  return {
    /** The GitHub organization whose members are internal and whose pull requests are counted. */
    organization: value.ORGANIZATION,
    deploy: {
      /** Freight's name of the app whose deploys are traced back to pull requests. */
      app: value.DEPLOY_APP,
      /** Freight's name of the environment that counts as production. */
      environment: value.DEPLOY_ENVIRONMENT,
      /** owner/name of the repository that is deployed. */
      repository: value.DEPLOY_REPOSITORY,
      /** owner/name of the repository whose commits arrive in `repository` as bumps. */
      upstreamRepository: value.UPSTREAM_REPOSITORY,
      /** Logins, names or e-mail addresses under which the bot commits bumps. */
      bumpAuthors: value.BUMP_AUTHORS,
    },
    /** Logins of bots that do not end in `[bot]`. */
    botLogins: value.BOT_LOGINS,
    bigquery: {
      metricsDataset: value.BIGQUERY_METRICS_DATASET,
      openSourceDataset: value.BIGQUERY_OPEN_SOURCE_DATASET,
    },
  };
}

export type Config = ReturnType<typeof readConfig>;
