import { setTimeout as sleep } from "node:timers/promises";
import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from "@slack/web-api";
import { log } from "../observability/log.ts";
import { readSecret } from "../secrets/secret.ts";

/** If a rate limit lasts longer, the event's redelivery calls again. */
const LONGEST_WAIT_MS = 20_000;
/** Some methods, such as users.profile.get, report a rate limit with status 200 and without Retry-After. Their limits are per minute. */
const DEFAULT_WAIT_MS = 30_000;

/** Slack refused a call because of the app's set-up. The message says what to change. */
export class SlackSetupError extends Error {
  override name = "SlackSetupError";
}

/**
 * Calls Slack's Web API, and waits out rate limits for at most `longestWaitMs` in total.
 * https://docs.slack.dev/apis/web-api/rate-limits
 *
 * @throws {SlackSetupError} for a missing channel, scope or token
 * @throws {WebAPIRateLimitedError} if a limit lasts longer; {WebAPIPlatformError} `ratelimited` if Slack did not send its duration
 * @throws the client's other errors
 */
export async function callSlack<T>(
  call: (slack: WebClient) => Promise<T>,
  { longestWaitMs = LONGEST_WAIT_MS } = {},
): Promise<T> {
  const slack = await slackClient();
  let remainingMs = longestWaitMs;
  for (;;) {
    try {
      return await call(slack);
    } catch (error) {
      const waitMs = rateLimitMs(error);
      if (waitMs === undefined) throw addAdvice(error);
      if (waitMs > remainingMs) throw error;
      log("WARNING", "Waiting for Slack's rate limit", { waitMs });
      remainingMs -= waitMs;
      await sleep(waitMs);
    }
  }
}

/** Slack's error code for a call that it refused; undefined for other errors. */
export function slackErrorCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const REFUSED_CONTENT = new Set([
  "invalid_attachments",
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
  "msg_too_long",
  "too_many_attachments",
]);

/** Whether Slack refused a message because of its content, as it will every time. */
export function isRefusedContent(error: unknown): boolean {
  return REFUSED_CONTENT.has(slackErrorCode(error) ?? "");
}

/** Error codes for users that Slack does not show to this app, such as strangers in a Slack Connect channel. */
const UNKNOWN_USER = new Set(["user_not_found", "users_not_found", "user_not_visible"]);

/** Whether Slack refused a call because it does not have the user, or does not show them to this app. No later call would succeed. */
export function isUnknownUser(error: unknown): boolean {
  return UNKNOWN_USER.has(slackErrorCode(error) ?? "");
}

/** Milliseconds until a rate limit ends; undefined for other errors. */
function rateLimitMs(error: unknown): number | undefined {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  return slackErrorCode(error) === "ratelimited" ? DEFAULT_WAIT_MS : undefined;
}

function addAdvice(error: unknown): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error;
  const advice = setupAdvice(error.data.error, error.data as { needed?: unknown });
  return advice === undefined ? error : new SlackSetupError(advice, { cause: error });
}

const token =
  "give the secret SLACK_BOT_USER_ACCESS_TOKEN the Bot User OAuth Token of the Slack app, which reinstalling it shows";

const advice: Record<string, string> = {
  channel_not_found:
    "create the channel or correct its name in the configuration, and invite the bot if it is private",
  not_in_channel: "invite the bot to the channel: /invite @<the bot> in it",
  is_archived: "unarchive the channel, or configure another",
  restricted_action: "allow the app to post to the channel, in its posting permissions",
  invalid_auth: token,
  not_authed: token,
  token_revoked: token,
  token_expired: token,
  account_inactive: token,
  missing_scope: "add the scope to the Slack app and reinstall it",
};

/**
 * What to change in the set-up after Slack refused a call with an error code.
 *
 * @param details of the response: `needed` is the scope that is missing
 * @returns undefined for errors that no set-up can prevent
 */
export function setupAdvice(error: string, { needed }: { needed?: unknown } = {}): string | undefined {
  if (!Object.hasOwn(advice, error)) return undefined;
  const scope = typeof needed === "string" ? ` (${needed})` : "";
  return `Slack responds ${error}${scope}: ${advice[error]}`;
}

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
