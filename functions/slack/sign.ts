import { createHmac } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Slack's headers, https://docs.slack.dev/authentication/verifying-requests-from-slack; interactions are forms, all else is JSON. */
export const sign: Sign = ({ body, secret, now = new Date() }) => {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex");
  return {
    "content-type":
      body.subarray(0, 8).toString() === "payload="
        ? "application/x-www-form-urlencoded"
        : "application/json",
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${signature}`,
  };
};

/** Slack sends interactions as a form. @param json the payload @returns the body as Slack would send it */
export function encode(json: Buffer): Buffer {
  const { type } = JSON.parse(json.toString("utf8")) as { type?: string };
  const isEvent = type === "event_callback" || type === "url_verification";
  return isEvent ? json : Buffer.from(`payload=${encodeURIComponent(json.toString("utf8"))}`);
}
