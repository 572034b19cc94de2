import type { DeliveryLog } from "../../local/gateway/delivery-log.ts";
import type { DeliverySummaries, DeliverySummary } from "./delivery-summary.ts";
import { compileFilter, type DeliveryFilter } from "./filter-deliveries.ts";
import type { SearchTerm } from "./parse-search.ts";

/** A search in payloads reads them from disk, and stops after this time. */
const PAYLOADS_MS = 500;

export interface FoundDeliveries {
  /** Newest first. */
  found: DeliverySummary[];
  /** Deliveries in the log. */
  total: number;
  /** Deliveries that pass the filter but for its `before`, and precede those found. undefined for a search in payloads. */
  newer?: number;
  /** Of a search in payloads that ran out of time: the number of the last delivery whose payload was read. */
  searchedTo?: number;
}

/** Finds the deliveries that pass a filter. */
export function findDeliveries(
  deliveryLog: DeliveryLog,
  summaries: DeliverySummaries,
  filter: DeliveryFilter,
  { now = new Date(), payloadsMs = PAYLOADS_MS }: { now?: Date; payloadsMs?: number } = {},
): FoundDeliveries {
  const all = summaries.list();
  const { before, ...rest } = filter;
  const { matches, payloadTerms } = compileFilter(rest, now);
  const matching = all.filter(matches);
  const newer = before === undefined ? 0 : matching.filter(({ number }) => number >= before).length;
  const candidates = matching.slice(newer);
  if (payloadTerms.length === 0) return { found: candidates, total: all.length, newer };
  const until = performance.now() + payloadsMs;
  const found: DeliverySummary[] = [];
  for (const candidate of candidates) {
    if (performance.now() > until) return { found, total: all.length, searchedTo: candidate.number + 1 };
    if (matchesPayload(readText(deliveryLog, candidate.number), payloadTerms)) found.push(candidate);
  }
  return { found, total: all.length };
}

function matchesPayload(text: string, terms: SearchTerm[]): boolean {
  return terms.every((term) => text.includes(term.text) !== term.isExcluded);
}

/** In lower case; Slack's forms are decoded. */
function readText(deliveryLog: DeliveryLog, number: number): string {
  const delivery = deliveryLog.delivery(number);
  if (!delivery) return "";
  const text = deliveryLog.readBody(delivery).toString("utf8");
  return (
    text.startsWith("payload=") ? (new URLSearchParams(text).get("payload") ?? "") : text
  ).toLowerCase();
}
