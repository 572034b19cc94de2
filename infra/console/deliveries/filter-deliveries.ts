import { z } from "zod";
import type { DeliverySummary } from "./delivery-summary.ts";

/** A form sends an empty field as an empty string. */
const field = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);

/** Filter of the list, as its form sends it. */
export const deliveryFilter = z.object({
  source: field,
  /** Prefix of the event type. */
  type: field,
  text: field,
  /** Number of a delivery: the list shows older ones. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

export type DeliveryFilter = z.infer<typeof deliveryFilter>;

/** Returns the deliveries that pass the filter. */
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

/** The searched text: everything that the list shows of a delivery, and its event id. */
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
