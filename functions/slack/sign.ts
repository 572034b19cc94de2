import { createHmac } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes Slack's headers, https://docs.slack.dev/authentication/verifying-requests-from-slack. Interactions are forms, other requests are JSON. */
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

/** Encodes a payload as Slack's body: interactions become a form, other payloads stay JSON. @param json the payload's bytes */
export function encode(json: Buffer): Buffer {
  const { type } = JSON.parse(json.toString("utf8")) as { type?: string };
  const isEvent = ["event_callback", "url_verification", "app_rate_limited"].includes(type ?? "");
  return isEvent ? json : Buffer.from(`payload=${encodeURIComponent(json.toString("utf8"))}`);
}
