import type { SlackEvent } from "../../shared/events/slack-event.ts";
import type { Delivery } from "../../shared/webhook/delivery.ts";
import { badRequest } from "../../shared/webhook/http-error.ts";

/**
 * Which of Slack's attempts a delivery is, https://docs.slack.dev/apis/events-api/#retries
 *
 * @returns null for the first one
 * @throws {HttpError} 400 when the number is none
 */
export function parseRetry(delivery: Delivery): SlackEvent["retry"] {
  const number = delivery.header("X-Slack-Retry-Num");
  if (number === undefined) return null;
  if (!/^\d{1,3}$/.test(number)) throw badRequest("X-Slack-Retry-Num is not a number");
  return { number: Number(number), reason: delivery.header("X-Slack-Retry-Reason") ?? null };
}
