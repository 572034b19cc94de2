import { WebClient } from "@slack/web-api";
import { readSecret } from "../secrets/secret.ts";

/** Slack responds to most calls in a fraction of this. */
const TIMEOUT_MS = 10_000;

const clients = new Map<string, WebClient>();

/**
 * The client that acts as the Slack app's bot. A rotated token gets a new client.
 *
 * The client does not retry: after a lost response only a search shows whether a message was posted (`postOnce`), and the time to wait
 * for a rate limit depends on the function (`callSlack`).
 *
 * @throws {ConfigurationError} if SLACK_BOT_USER_ACCESS_TOKEN has no value
 */
export async function slackClient({ timeoutMs = TIMEOUT_MS } = {}): Promise<WebClient> {
  const token = await readSecret("SLACK_BOT_USER_ACCESS_TOKEN");
  const key = `${timeoutMs} ${token}`;
  const cached = clients.get(key);
  if (cached) return cached;
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

/** The client throws its errors, and the callers log them. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => "error" as never,
  setName() {},
};
