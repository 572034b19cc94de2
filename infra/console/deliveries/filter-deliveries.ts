import { z } from "zod";
import type { DeliverySummary } from "./delivery-summary.ts";

/** A form sends an empty field as an empty string. */
const field = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);

const outcomes = ["acknowledged", "waiting", "retrying", "dead-lettered"] as const;
const MINUTE_MS = 60_000;

/** Values of the field `since`: how long ago, in minutes. */
export const periods = { "15m": 15, "1h": 60, "24h": 24 * 60, "7d": 7 * 24 * 60 } as const;

/** Values of the field `response`. */
export const responses = ["2xx", "4xx", "5xx"] as const;

/** Filter of the list, as its form sends it. */
export const deliveryFilter = z.object({
  source: field,
  /** Part of the event type. */
  type: field,
  response: z.enum(responses).optional().catch(undefined),
  /** Outcome at one of the subscribers. */
  outcome: z.enum(outcomes).optional().catch(undefined),
  since: z.enum(["15m", "1h", "24h", "7d"]).optional().catch(undefined),
  /** Words that must all match, see `parseSearch`. */
  text: field,
  /** Number of a delivery: the list shows older ones. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

export type DeliveryFilter = z.infer<typeof deliveryFilter>;

/** Returns the deliveries that pass the filter. */
export function filterDeliveries(
  deliveries: DeliverySummary[],
  filter: DeliveryFilter,
  now = new Date(),
): DeliverySummary[] {
  const { source, type, response, outcome, since, before } = filter;
  const terms = parseSearch(filter.text ?? "");
  const from = since && new Date(now.getTime() - periods[since] * MINUTE_MS).toISOString();
  return deliveries.filter(
    (delivery) =>
      (source === undefined || delivery.source === source) &&
      (type === undefined || (delivery.type ?? "").toLowerCase().includes(type.toLowerCase())) &&
      (response === undefined || String(delivery.status)[0] === response[0]) &&
      (outcome === undefined || delivery.subscribers.some((each) => each.outcome === outcome)) &&
      (from === undefined || delivery.at >= from) &&
      (before === undefined || delivery.number < before) &&
      terms.every((term) => matches(delivery, term)),
  );
}

interface SearchTerm {
  field: "status" | "payload" | "subscriber" | "any";
  /** In lower case. */
  text: string;
}

/**
 * Parses a search: words, or phrases in quotes. `status:401`, `subscriber:metrics` and `payload:words` search one field.
 */
export function parseSearch(search: string): SearchTerm[] {
  const found = search.toLowerCase().matchAll(/(?:(status|payload|subscriber):)?(?:"([^"]*)"?|(\S+))/g);
  return [...found].flatMap(([, name, phrase, word]) => {
    const text = phrase ?? word ?? "";
    return text === "" ? [] : [{ field: (name ?? "any") as SearchTerm["field"], text }];
  });
}

function matches(delivery: DeliverySummary, { field: name, text }: SearchTerm): boolean {
  switch (name) {
    case "status":
      return String(delivery.status) === text;
    case "payload":
      return (delivery.readBody?.() ?? "").toLowerCase().includes(text);
    case "subscriber":
      return delivery.subscribers.some((each) => each.function.includes(text));
    case "any":
      return includesWord(searchableText(delivery), text);
  }
}

/** A number matches a whole number: 401 is no part of the id 84019. */
function includesWord(searched: string, word: string): boolean {
  const lower = searched.toLowerCase();
  return /^\d+$/.test(word) ? new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(lower) : lower.includes(word);
}

/** The searched text: everything that the list shows of a delivery, and its event id. An outcome that all have says nothing. */
function searchableText({
  source,
  type,
  subject,
  status,
  response,
  eventId,
  subscribers,
}: DeliverySummary): string {
  const states = subscribers.flatMap(({ function: name, outcome, pushes }) => [
    name,
    outcome === "acknowledged" ? "" : outcome,
    pushes.at(-1)?.error ?? "",
  ]);
  return [source, type, subject, status, status < 300 ? "" : response, eventId, ...states].join("\n");
}
