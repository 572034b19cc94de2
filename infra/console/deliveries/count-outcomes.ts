import type { DeliverySummary } from "./delivery-summary.ts";

/** A filter that people need often, with the number of deliveries that pass it. */
export interface QuickFilter {
  name: string;
  query: Record<string, string>;
  count: number;
}

/** Counts the deliveries that were refused, and the events that a subscriber did not handle. */
export function countOutcomes(deliveries: readonly DeliverySummary[]): QuickFilter[] {
  const counts = { refused: 0, failed: 0, retrying: 0, "dead-lettered": 0 };
  for (const { status, subscribers } of deliveries) {
    if (status >= 500) counts.failed++;
    else if (status >= 400) counts.refused++;
    if (subscribers.some(({ outcome }) => outcome === "retrying")) counts.retrying++;
    if (subscribers.some(({ outcome }) => outcome === "dead-lettered")) counts["dead-lettered"]++;
  }
  return [
    { name: "all", query: {}, count: deliveries.length },
    { name: "refused (4xx)", query: { response: "4xx" }, count: counts.refused },
    { name: "failed (5xx)", query: { response: "5xx" }, count: counts.failed },
    { name: "retrying", query: { outcome: "retrying" }, count: counts.retrying },
    { name: "dead-lettered", query: { outcome: "dead-lettered" }, count: counts["dead-lettered"] },
  ];
}
