import { createAppAuth } from "@octokit/auth-app";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { fetchWithTimeout } from "../fetch-with-timeout.ts";
import { log } from "../observability/log.ts";
import { readSecret } from "../secrets/secret.ts";

const Client = Octokit.plugin(retry, throttling);
export type GitHubClient = InstanceType<typeof Client>;

/** Waiting longer than this for a rate limit to end is left to the redelivery of the event. */
const LONGEST_WAIT_SECONDS = 60;
/** GitHub itself ends what takes longer than 10 s, https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api; with the retries it fits into every function's time. */
const TIMEOUT_MS = 20_000;

const clients = new Map<string, Promise<GitHubClient | null>>();

/**
 * A client that acts as the GitHub App's installation in an organization. The installation is looked up once per organization.
 *
 * @returns null when the App is not installed there
 * @throws what GitHub's API answers otherwise; the next call asks again
 */
export function installationClient(organization: string): Promise<GitHubClient | null> {
  const known = clients.get(organization);
  if (known) return known;
  const client = connect(organization);
  clients.set(organization, client);
  // Neither a failure nor an App that is yet to be installed may be remembered for as long as the instance lives.
  client.then(
    (found) => found ?? clients.delete(organization),
    () => clients.delete(organization),
  );
  return client;
}

async function connect(org: string): Promise<GitHubClient | null> {
  const auth = {
    appId: await readSecret("GH_APP_IDENTIFIER"),
    privateKey: pem(await readSecret("GH_APP_SECRET_KEY")),
  };
  const app = create(auth);
  try {
    const { data } = await app.rest.apps.getOrgInstallation({ org });
    return create({ ...auth, installationId: data.id });
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw error;
  }
}

function create(auth: { appId: string; privateKey: string; installationId?: number }): GitHubClient {
  return new Client({
    ...(process.env.GITHUB_API_URL && { baseUrl: process.env.GITHUB_API_URL }),
    authStrategy: createAppAuth,
    auth,
    request: { fetch: fetchWithTimeout(TIMEOUT_MS) },
    throttle: { onRateLimit: waitIfShort, onSecondaryRateLimit: waitIfShort },
    // The client's own log would write to the console in its own form.
    log: { debug() {}, info() {}, warn: note, error: note },
  });
}

function waitIfShort(retryAfter: number): boolean {
  log("WARNING", "GitHub's rate limit is reached", { retryAfter });
  return retryAfter <= LONGEST_WAIT_SECONDS;
}

function note(message: string) {
  log("DEBUG", message);
}

/** Variables cannot hold line breaks everywhere: `\n` written out, or the whole key in base64, are understood as well. */
function pem(key: string): string {
  const text = key.includes("-----BEGIN") ? key : Buffer.from(key, "base64").toString("utf8");
  return text.replaceAll("\\n", "\n");
}
