import { z } from "zod";
import type { DeliverySummary } from "./delivery-summary.ts";
import { parseSearch, type SearchTerm } from "./parse-search.ts";

/** A form sends an empty field as an empty string. */
const field = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);

const MINUTE_MS = 60_000;

/** Values of the field `outcome`. */
export const outcomes = ["acknowledged", "waiting", "retrying", "dead-lettered"] as const;
/** Values of the field `since`: how long ago, in minutes. */
export const periods = { "15m": 15, "1h": 60, "24h": 24 * 60, "7d": 7 * 24 * 60 } as const;
/** Values of the field `response`. */
export const responses = ["2xx", "401", "4xx", "5xx"] as const;

/** A field `datetime-local`: minutes without a zone, here UTC. */
const minute = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/)
  .optional()
  .catch(undefined);

/** Filter of the list, as its form sends it and its address has it. */
export const deliveryFilter = z.object({
  source: field,
  /** Part of the event type. */
  type: field,
  response: z.enum(responses).optional().catch(undefined),
  /** Outcome at one of the subscribers. */
  outcome: z.enum(outcomes).optional().catch(undefined),
  /** Part of owner/name. */
  repository: field,
  /** Part of the name. */
  actor: field,
  since: z.enum(["15m", "1h", "24h", "7d"]).optional().catch(undefined),
  /** Received at or after. */
  from: minute,
  /** Received before. */
  to: minute,
  /** Words that must all match, see `parseSearch`. */
  text: field,
  /** Number of a delivery: the list shows older ones. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

export type DeliveryFilter = z.infer<typeof deliveryFilter>;

/** Decides whether a delivery passes, without a look at its body. */
export type DeliveryPredicate = (delivery: DeliverySummary) => boolean;

export interface CompiledFilter {
  matches: DeliveryPredicate;
  /** Terms for the body, to check with `matchesPayload` after `matches`. */
  payloadTerms: SearchTerm[];
}

/** Prepares a filter for many deliveries. */
export function compileFilter(filter: DeliveryFilter, now = new Date()): CompiledFilter {
  const terms = parseSearch(filter.text ?? "");
  const ofList = terms.filter((term) => term.field !== "payload").map(compileTerm);
  const fields = compileFields(filter, now);
  return {
    matches: (delivery) =>
      fields.every((matches) => matches(delivery)) && ofList.every((matches) => matches(delivery)),
    payloadTerms: terms.filter((term) => term.field === "payload"),
  };
}

function compileFields(filter: DeliveryFilter, now: Date): DeliveryPredicate[] {
  const { source, type, response, outcome, repository, actor, since, from, to, before } = filter;
  const earliest = since && new Date(now.getTime() - periods[since] * MINUTE_MS).toISOString();
  const checks: [unknown, DeliveryPredicate][] = [
    [before, ({ number }) => number < (before ?? 0)],
    [source, (delivery) => delivery.source === source],
    [response, ({ status }) => matchesStatus(status, response ?? "")],
    [earliest, ({ at }) => at >= (earliest ?? "")],
    // A time without seconds is before each second of its minute.
    [from, ({ at }) => at >= (from ?? "")],
    [to, ({ at }) => at < (to ?? "")],
    [outcome, ({ subscribers }) => subscribers.some((each) => each.outcome === outcome)],
    [type, (delivery) => includes(delivery.type, type ?? "")],
    [repository, (delivery) => includes(delivery.repository, repository ?? "")],
    [actor, (delivery) => includes(delivery.actor, actor ?? "")],
  ];
  return checks.flatMap(([value, check]) => (value === undefined ? [] : [check]));
}

function compileTerm({ field: name, text, isExcluded }: SearchTerm): DeliveryPredicate {
  const matches = compileMatch(name, text);
  return isExcluded ? (delivery) => !matches(delivery) : matches;
}

function compileMatch(name: SearchTerm["field"], text: string): DeliveryPredicate {
  switch (name) {
    case "status":
      return ({ status }) => matchesStatus(status, text);
    case "source":
      return ({ source }) => source === text;
    case "type":
      return ({ type }) => includes(type, text);
    case "repo":
      return ({ repository }) => includes(repository, text);
    case "actor":
      return ({ actor }) => includes(actor, text);
    case "subscriber":
      return ({ subscribers }) => subscribers.some((each) => each.function.includes(text));
    case "outcome":
      return ({ subscribers }) => subscribers.some((each) => each.outcome === text);
    case "event":
      return ({ eventId }) => eventId?.toLowerCase().startsWith(text) ?? false;
    default:
      return compileWord(text);
  }
}

/** `401`, or a class: `4xx`. */
function matchesStatus(status: number, wanted: string): boolean {
  return wanted.endsWith("xx") ? String(status)[0] === wanted[0] : String(status) === wanted;
}

function includes(searched: string | null, part: string): boolean {
  return searched?.toLowerCase().includes(part.toLowerCase()) ?? false;
}

/** A number matches a whole number: 401 is no part of the id 84019. */
function compileWord(word: string): DeliveryPredicate {
  if (!/^\d+$/.test(word)) return (delivery) => searchableText(delivery).includes(word);
  const whole = new RegExp(`(?<![\\w-])${word}(?![\\w-])`);
  return (delivery) => {
    const text = searchableText(delivery);
    return text.includes(word) && whole.test(text);
  };
}

const texts = new WeakMap<DeliverySummary, string>();

/**
 * The searched text in lower case: everything that the list shows of a delivery, and its event id. An outcome that all have says
 * nothing.
 */
function searchableText(delivery: DeliverySummary): string {
  const known = texts.get(delivery);
  if (known !== undefined) return known;
  const { source, type, subject, description, repository, actor, status, response, eventId, subscribers } =
    delivery;
  const states = subscribers.flatMap(({ function: name, outcome, pushes }) => [
    name,
    outcome === "acknowledged" ? "" : outcome,
    pushes.at(-1)?.error ?? "",
  ]);
  const refusal = status < 300 ? "" : response;
  const text = [source, type, subject, description, repository, actor, status, refusal, eventId, ...states]
    .join("\n")
    .toLowerCase();
  texts.set(delivery, text);
  return text;
}
