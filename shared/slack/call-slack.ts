import { setTimeout as sleep } from "node:timers/promises";
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from "@slack/web-api";
import { log } from "../observability/log.ts";
import { setupAdvice } from "./setup-advice.ts";
import { slackClient } from "./slack-client.ts";

/** Waiting longer for a rate limit to end is left to the redelivery of the event. */
const LONGEST_WAIT_MS = 20_000;
/** Some methods, users.profile.get among them, answer 200 when limited, without Retry-After; their limits are counted by the minute. */
const UNSAID_WAIT_MS = 30_000;

/** Thrown when Slack refuses what only somebody who sets things up can change; the message says what to do. */
export class SlackSetupError extends Error {
  override name = "SlackSetupError";
}

/**
 * Calls Slack's Web API, and waits for a rate limit to end as long as Slack says, within `longestWaitMs` in all.
 * https://docs.slack.dev/apis/web-api/rate-limits
 *
 * @throws {SlackSetupError} for a missing channel, scope or token
 * @throws {WebAPIRateLimitedError} when the limit lasts longer; Slack's refusal `ratelimited` where it did not say how long
 * @throws what the client throws otherwise
 */
export async function callSlack<T>(
  call: (slack: WebClient) => Promise<T>,
  { longestWaitMs = LONGEST_WAIT_MS } = {},
): Promise<T> {
  const slack = await slackClient();
  let left = longestWaitMs;
  for (;;) {
    try {
      return await call(slack);
    } catch (error) {
      const waitMs = limitOf(error);
      if (waitMs === undefined) throw translate(error);
      if (waitMs > left) throw error;
      log("WARNING", "Slack's rate limit is reached", { waitMs });
      left -= waitMs;
      await sleep(waitMs);
    }
  }
}

/** Slack's word for why it refused a call; undefined for other errors. */
export function slackErrorCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** How long a rate limit lasts, in milliseconds; undefined for other errors. */
function limitOf(error: unknown): number | undefined {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  return slackErrorCode(error) === "ratelimited" ? UNSAID_WAIT_MS : undefined;
}

function translate(error: unknown): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error;
  const advice = setupAdvice(error.data.error, error.data as { needed?: unknown });
  return advice === undefined ? error : new SlackSetupError(advice, { cause: error });
}
