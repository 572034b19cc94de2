import { z } from "zod";
import type { DeliveryLog } from "../../local/gateway/delivery-log.ts";
import { MAX_PER_SECOND, type ReplayPlan } from "./bulk-replays.ts";
import type { DeliverySummaries, DeliverySummary } from "./delivery-summary.ts";
import { deliveryFilter } from "./filter-deliveries.ts";
import { findDeliveries } from "./find-deliveries.ts";

const number = z.coerce.number().int().positive();
const form = z.object({
  which: z.enum(["selected", "found"]).catch("selected"),
  /** Numbers of the selected deliveries. */
  n: z
    .union([number, z.array(number)])
    .optional()
    .catch(undefined)
    .transform((given) => (given === undefined ? [] : [given].flat())),
  as: z.enum(["same", "new"]).catch("same"),
  rate: z.coerce.number().min(0.1).max(MAX_PER_SECOND).catch(5),
});

/** What to replay, and how. */
export interface BulkChoice extends Omit<ReplayPlan, "numbers"> {
  /** Oldest first. */
  deliveries: DeliverySummary[];
  /** The form's fields that choose these deliveries. */
  fields: [string, string][];
}

/** Reads the form of a replay of many deliveries: the selected ones, or all that the filter of the list finds. */
export function readBulkChoice(
  values: unknown,
  deliveryLog: DeliveryLog,
  summaries: DeliverySummaries,
): BulkChoice {
  const { which, n, as, rate } = form.parse(values ?? {});
  const how = { asNew: as === "new", perSecond: rate };
  if (which === "found") {
    const { before: _, ...filter } = deliveryFilter.parse(values);
    const { found } = findDeliveries(deliveryLog, summaries, filter);
    const fields = Object.entries(filter).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return { deliveries: found.toReversed(), fields: [["which", which], ...fields], ...how };
  }
  const chosen = [...new Set(n)].sort((a, b) => a - b).flatMap((each) => deliveryLog.delivery(each) ?? []);
  return {
    deliveries: chosen.map((delivery) => summaries.of(delivery)),
    fields: chosen.map((delivery) => ["n", String(delivery.number)]),
    ...how,
  };
}
