import { z } from "zod";
import { ConfigurationError } from "./configuration-error.ts";
import { formatIssues } from "./format-issues.ts";
import { readOrganization } from "./organization/read-organization.ts";

const list = z
  .string()
  .transform((text) => text.split(",").map((item) => item.trim()))
  .pipe(z.array(z.string().min(1)));

const name = z.string().min(1);
/** Without a trailing slash, so that paths can be appended. */
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ""));

/** Comma-separated `name=value` pairs. */
const pairs = list.transform((items, context) =>
  items.map((item) => {
    const at = item.indexOf("=");
    if (at < 1) context.addIssue({ code: "custom", message: `${JSON.stringify(item)} must be name=value` });
    return { name: item.slice(0, at), value: item.slice(at + 1) };
  }),
);
const repository = z.string().regex(/^[^/\s]+\/[^/\s]+$/, "must be owner/name");

/**
 * Every variable that adapts the suite to an organization, with getsentry's value as default.
 * It has no endpoints and no secrets: clients read their endpoints, `shared/secrets` reads secrets.
 */
export const variables = z.object({
  ORGANIZATION: name.default("getsentry"),
  DEPLOY_APP: name.default("getsentry"),
  DEPLOY_ENVIRONMENT: name.default("production"),
  DEPLOY_REPOSITORY: repository.default("getsentry/getsentry"),
  DEPLOY_BRANCH: name.default("master"),
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
  REQUIRED_CHECK: name.default("getsentry required checks"),
  REQUIRED_CHECK_CHANNEL: name.default("#team-engineering"),
  EMAIL_DOMAIN: name.default("sentry.io"),
  SLACK_GITHUB_FIELD: name.default("XfEJ1CLM1C"),
  FREIGHT_URL: url.default("https://freight.getsentry.net"),
  RELEASE_LINKS: pairs.default([
    { name: "javascript", value: "https://sentry.io/organizations/sentry/releases/{sha}/?project=11276" },
    { name: "sentry", value: "https://sentry.io/organizations/sentry/releases/{sha}/?project=1" },
  ]),
  TYPESCRIPT_TREES: pairs.default([
    { name: "getsentry/sentry", value: "static/app" },
    { name: "getsentry/getsentry", value: "static/getsentry" },
  ]),
  TYPESCRIPT_IGNORED: list.default(["__mocks__", "stories", "views/events/__fixtures__"]),
  BIGQUERY_METRICS_DATASET: name.default("product_eng"),
  BIGQUERY_OPEN_SOURCE_DATASET: name.default("open_source"),
});

/**
 * Reads the configuration from environment variables (documented in `.env.example`).
 *
 * @throws {ConfigurationError} naming every variable with an invalid value
 */
export function readConfig(env: Record<string, string | undefined>) {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = variables.safeParse(set);
  if (!parsed.success) {
    throw new ConfigurationError(`Invalid environment variables: ${formatIssues(parsed.error)}`);
  }
  const value = parsed.data;
  const { services } = readOrganization(env);
  return {
    /** What is deployed: repositories, their required checks, and where their deployments are reported. */
    services,
    /** The GitHub organization whose members are internal and whose pull requests are counted. */
    organization: value.ORGANIZATION,
    deploy: {
      /** Freight's name of the app whose deploys are traced back to pull requests. */
      app: value.DEPLOY_APP,
      /** Freight's name of the environment that counts as production. */
      environment: value.DEPLOY_ENVIRONMENT,
      /** owner/name of the repository that is deployed. */
      repository: value.DEPLOY_REPOSITORY,
      /** The branch of `repository` that is deployed. */
      branch: value.DEPLOY_BRANCH,
      /** owner/name of the repository whose commits arrive in `repository` as bumps. */
      upstreamRepository: value.UPSTREAM_REPOSITORY,
      /** Logins, names or e-mail addresses under which the bot commits bumps. */
      bumpAuthors: value.BUMP_AUTHORS,
    },
    requiredCheck: {
      /** Name of the check run that decides whether a commit of the deployed branch is good. */
      name: value.REQUIRED_CHECK,
      /** Slack channel, as `#name` or id, for alerts when the branch turns red. */
      channel: value.REQUIRED_CHECK_CHANNEL,
    },
    /** Domain of the organization's e-mail addresses. Only users with such an address get messages and may link a GitHub login. */
    emailDomain: value.EMAIL_DOMAIN,
    /** Id of the Slack profile field with the GitHub login. */
    slackGitHubField: value.SLACK_GITHUB_FIELD,
    /** Freight's URL, without a trailing slash. */
    freightUrl: value.FREIGHT_URL,
    /** URLs of a release's pages, by project; `{sha}` is replaced by the deployed commit. */
    releaseLinks: value.RELEASE_LINKS,
    typescript: {
      /** Folders whose conversion to TypeScript is measured: `name` is a repository, `value` a path in it. */
      trees: value.TYPESCRIPT_TREES,
      /** Paths under those folders, or names of folders, that are not measured. */
      ignored: value.TYPESCRIPT_IGNORED,
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
