import { createHmac } from "node:crypto";
import { verifyWithFallback } from "@octokit/webhooks-methods";
import { bench, describe } from "vitest";
import { toMessage } from "../../shared/pubsub/message.ts";
import { normalize } from "./normalize.ts";
import { webhookExamples } from "./webhook-examples.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const deliveries = webhookExamples.map(({ event, payload }) => {
  const body = JSON.stringify(payload);
  const signature = `sha256=${createHmac("sha256", "a secret").update(body).digest("hex")}`;
  return { event, payload, body, signature };
});

describe(`${deliveries.length} example deliveries of Octokit`, () => {
  bench("verify", async () => {
    for (const { body, signature } of deliveries) await verifyWithFallback("a secret", body, signature, []);
  });

  bench("normalize", () => {
    for (const { event, payload } of deliveries) normalize({ id: "1", event, payload, receivedAt });
  });

  bench("normalize and encode as a message", () => {
    for (const { event, payload } of deliveries)
      toMessage(normalize({ id: "1", event, payload, receivedAt }), { event });
  });
});
