import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { badRequest, type Delivery } from "../../shared/webhook/delivery.ts";
import { normalize } from "./normalize.ts";
import { verifySignature } from "./verify-signature.ts";

export const webhook = defineWebhook({
  source: "report",
  accepts: ["application/json"],
  maxBodyBytes: 5 * 1024 * 1024,
  publishDeadlineMs: 10_000,

  async verify(delivery) {
    verifySignature(delivery, await readValidSecrets("REPORT_WEBHOOK_SECRET"));
  },

  read: (delivery) => ({
    event: normalize({
      id: readMessageId(delivery),
      payload: delivery.json(),
      receivedAt: delivery.receivedAt,
    }),
  }),

  filterable: (event) => ({
    event: event.event,
    name: event.measurements?.[0]?.name ?? null,
    actor: event.actor?.name ?? null,
  }),
});

/** The job chooses the id, so that each of its attempts has the same one. @throws {HttpError} 400 */
function readMessageId(delivery: Delivery): string {
  const id = delivery.requiredHeader("webhook-id");
  if (!/^[\x21-\x7e]{1,255}$/.test(id))
    throw badRequest("webhook-id must have 1 to 255 printable ASCII characters");
  return id;
}
