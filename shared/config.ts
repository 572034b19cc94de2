import { z } from "zod";
import { ConfigurationError } from "./configuration-error.ts";
import { formatIssues } from "./format-issues.ts";
import type { Organization } from "./organization/organization.ts";
import { readOrganization } from "./organization/read-organization.ts";

const name = z.string().min(1);

/** The environment variables that this module reads, with their defaults. Clients read their endpoints, `shared/secrets` reads secrets. */
export const variables = z.object({
  BIGQUERY_METRICS_DATASET: name.default("product_eng"),
  BIGQUERY_OPEN_SOURCE_DATASET: name.default("open_source"),
});

const targetOfService = "services[].deployments: [{ source: freight, app: …, environment: … }]";

/** Environment variables that described the organization in earlier releases, each with what to write into the file instead. */
const replaced: Record<string, string> = {
  ORGANIZATION: "organization",
  DEPLOY_APP: targetOfService,
  DEPLOY_ENVIRONMENT: targetOfService,
  DEPLOY_REPOSITORY: "services[].repository",
  DEPLOY_BRANCH: "services[].branch",
  UPSTREAM_REPOSITORY: "services[].upstream.repository",
  BUMP_AUTHORS: "services[].upstream.bumpAuthors",
  BOT_LOGINS: "bots",
  REQUIRED_CHECK: "services[].requiredChecks",
  REQUIRED_CHECK_CHANNEL: "services[].channel",
  EMAIL_DOMAIN: "emailDomain",
  SLACK_GITHUB_FIELD: "slack.githubField",
  FREIGHT_URL: "services[].deployPage",
  RELEASE_LINKS: "services[].releaseLinks",
  TYPESCRIPT_TREES: "typescript.trees",
  TYPESCRIPT_IGNORED: "typescript.ignored",
};

/** Your organization, from `ci-tooling.yaml`, and the names of the datasets. */
export interface Config extends Organization {
  bigquery: { metricsDataset: string; openSourceDataset: string };
}

/**
 * Reads the configuration: `ci-tooling.yaml`, and the environment variables of `.env.example`.
 *
 * @throws {ConfigurationError} naming every variable with an invalid value, what to write instead of a variable that the file replaces,
 *   or file, line and remedy of each mistake in the file
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value !== "");
  const old = set.flatMap(([key]) =>
    replaced[key] ? [`${key} is not read any more: write ${replaced[key]}`] : [],
  );
  if (old.length > 0) throw new ConfigurationError(`${old.join("; ")} in ci-tooling.yaml (docs/setup.md)`);
  const parsed = variables.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    throw new ConfigurationError(`Invalid environment variables: ${formatIssues(parsed.error)}`);
  }
  return {
    ...readOrganization(env),
    bigquery: {
      metricsDataset: parsed.data.BIGQUERY_METRICS_DATASET,
      openSourceDataset: parsed.data.BIGQUERY_OPEN_SOURCE_DATASET,
    },
  };
}
