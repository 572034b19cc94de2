import { WebClient } from "@slack/web-api";
import { readSecret } from "../secrets/secret.ts";

/** Slack answers most calls in a fraction of this. */
const TIMEOUT_MS = 10_000;

const clients = new Map<string, WebClient>();

/**
 * The client that acts as the Slack app's bot; a rotated token gets a new one.
 *
 * It tries nothing again by itself: whether a message that got no answer was posted can only be told by looking (`postOnce`),
 * and how long a rate limit may be waited for depends on the function (`callSlack`).
 *
 * @throws {ConfigurationError} when SLACK_BOT_USER_ACCESS_TOKEN has no value
 */
export async function slackClient({ timeoutMs = TIMEOUT_MS } = {}): Promise<WebClient> {
  const token = await readSecret("SLACK_BOT_USER_ACCESS_TOKEN");
  const key = `${timeoutMs} ${token}`;
  const known = clients.get(key);
  if (known) return known;
  const client = new WebClient(token, {
    ...(process.env.SLACK_API_URL && { slackApiUrl: process.env.SLACK_API_URL }),
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
  clients.set(key, client);
  return client;
}

/** What goes wrong is thrown, and logged by whoever catches it. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => "error" as never,
  setName() {},
};
