import { z } from "zod";
import type { DeliverySummary } from "./delivery-summary.ts";

/** An empty field of a form is one that was not filled in. */
const field = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);

/** What the list is narrowed to, as its form sends it. */
export const deliveryFilter = z.object({
  source: field,
  /** The beginning of one. */
  type: field,
  text: field,
  /** Number of a delivery: only older ones. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

export type DeliveryFilter = z.infer<typeof deliveryFilter>;

/** Those of the deliveries that pass. */
export function filterDeliveries(deliveries: DeliverySummary[], filter: DeliveryFilter): DeliverySummary[] {
  const { source, type, before } = filter;
  const text = filter.text?.toLowerCase();
  return deliveries.filter(
    (delivery) =>
      (source === undefined || delivery.source === source) &&
      (type === undefined || (delivery.type ?? "").startsWith(type)) &&
      (before === undefined || delivery.number < before) &&
      (text === undefined || searchableText(delivery).toLowerCase().includes(text)),
  );
}

/** What a text is looked for in: everything that the list shows of a delivery, and its event's id. */
function searchableText({
  source,
  type,
  subject,
  status,
  response,
  eventId,
  subscribers,
}: DeliverySummary): string {
  const outcomes = subscribers.flatMap(({ function: name, outcome, pushes }) => [
    name,
    outcome,
    pushes.at(-1)?.error ?? "",
  ]);
  return [source, type, subject, status, response, eventId, ...outcomes].join("\n");
}
