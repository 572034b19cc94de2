import { createAppAuth } from "@octokit/auth-app";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { RequestError } from "@octokit/request-error";
import { Octokit } from "@octokit/rest";
import Bottleneck from "bottleneck";
import { ConfigurationError } from "../configuration-error.ts";
import { fetchWithTimeout } from "../fetch-with-timeout.ts";
import { log } from "../observability/log.ts";
import { readSecret } from "../secrets/secret.ts";

const Client = Octokit.plugin(retry, throttling);
export type GitHubClient = InstanceType<typeof Client>;

/**
 * A request waits once, and at most this long, for a rate limit to end. After a longer limit, or a second one, the redelivery of the event
 * tries again.
 */
const LONGEST_WAIT_SECONDS = 60;
/** Statuses that the retry plugin leaves to others: its own defaults, and 429, for which the throttling plugin waits. */
const NOT_RETRIED = [400, 401, 403, 404, 410, 422, 429, 451];
/**
 * GitHub terminates requests after 10 s: https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 * With all retries, a request fits into the timeout of every function.
 */
const TIMEOUT_MS = 20_000;
/** Failed requests are sent again after 1, 4 and 9 times the base. */
const RETRIES = 3;
const RETRY_BASE_MS = 1000;

const clients = new Map<string, Promise<GitHubClient | null>>();

/** Thrown for a repository of an organization in which the GitHub App is not installed. */
export class NotInstalledError extends Error {
  override name = "NotInstalledError";
}

/**
 * Returns a client for a repository, with the parameters that its calls need.
 *
 * @param repository owner/name
 * @throws {NotInstalledError}
 */
export async function repositoryClient(
  repository: string,
): Promise<{ github: GitHubClient; owner: string; repo: string }> {
  const [owner = "", repo = ""] = repository.split("/");
  const github = await installationClient(owner);
  if (!github)
    throw new NotInstalledError(
      `The GitHub App is not installed in ${owner}. Install it to give access to ${repository}.`,
    );
  return { github, owner, repo };
}

/**
 * Returns a client that acts as the GitHub App's installation in an organization. The installation is looked up once per organization.
 *
 * @returns null if the App is not installed there
 * @throws GitHub's other errors; the next call asks again
 */
export function installationClient(organization: string): Promise<GitHubClient | null> {
  const cached = clients.get(organization);
  if (cached) return cached;
  const client = connect(organization);
  clients.set(organization, client);
  // A failure is temporary, and the App may be installed later: neither stays in the cache.
  client.then(
    (found) => {
      if (!found) clients.delete(organization);
    },
    () => clients.delete(organization),
  );
  return client;
}

/** Returns a client that acts as the GitHub App itself, with its JWT. */
export async function appClient(): Promise<GitHubClient> {
  return createClient(await readAppAuth());
}

async function readAppAuth() {
  return {
    appId: await readSecret("GH_APP_IDENTIFIER"),
    privateKey: toPem(await readSecret("GH_APP_SECRET_KEY")),
  };
}

async function connect(org: string): Promise<GitHubClient | null> {
  const auth = await readAppAuth();
  try {
    const { data } = await createClient(auth).rest.apps.getOrgInstallation({ org });
    return createClient({ ...auth, installationId: data.id });
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

function createClient(auth: { appId: string; privateKey: string; installationId?: number }): GitHubClient {
  return new Client({ authStrategy: createAppAuth, auth, ...githubClientOptions(process.env) });
}

/**
 * Address, time limits and waits of every GitHub client. GITHUB_RETRY_BASE_MS is the unit of the waits: the retry plugin multiplies it by
 * 1, 4 and 9, the throttling plugin by the seconds that a rate limit lasts. Requests that change something are one unit apart:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 *
 * @throws {ConfigurationError} if GITHUB_RETRY_BASE_MS is not a number
 */
export function githubClientOptions(env: Record<string, string | undefined>) {
  const retryAfterBaseValue = env.GITHUB_RETRY_BASE_MS ? Number(env.GITHUB_RETRY_BASE_MS) : RETRY_BASE_MS;
  if (!(retryAfterBaseValue >= 0))
    throw new ConfigurationError("GITHUB_RETRY_BASE_MS must be a number of milliseconds");
  return {
    ...(env.GITHUB_API_URL && { baseUrl: env.GITHUB_API_URL }),
    request: { fetch: fetchWithTimeout(TIMEOUT_MS) },
    retry: { retries: RETRIES, retryAfterBaseValue, doNotRetry: NOT_RETRIED },
    throttle: {
      onRateLimit: waitOnce,
      onSecondaryRateLimit: waitOnce,
      retryAfterBaseValue,
      write: new Bottleneck.Group({ maxConcurrent: 1, minTime: retryAfterBaseValue }),
    },
    // The client's own log writes plain text to the console.
    log: { debug() {}, info() {}, warn: logDebug, error: logDebug },
  };
}

/** @param waits how often this request has waited before */
function waitOnce(retryAfter: number, _options: object, _client: unknown, waits: number): boolean {
  log("WARNING", "GitHub's rate limit is reached", { retryAfter, waits });
  return waits === 0 && retryAfter <= LONGEST_WAIT_SECONDS;
}

function logDebug(message: string) {
  log("DEBUG", message);
}

/** Some environments cannot hold line breaks in a variable: the key may have `\n` written out, or be base64 as a whole. */
function toPem(key: string): string {
  const text = key.includes("-----BEGIN") ? key : Buffer.from(key, "base64").toString("utf8");
  return text.replaceAll("\\n", "\n");
}

/** Whether GitHub responded to a request with one of these HTTP statuses. */
export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof RequestError && statuses.includes(error.status);
}

/** Whether a request failed because GitHub does not have the commit: 404, or 422 where the path names the commit alone. */
export function isUnknownCommit(error: unknown): boolean {
  return hasStatus(error, 404, 422);
}
