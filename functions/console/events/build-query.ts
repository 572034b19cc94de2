import { z } from "zod";
import type { Search } from "./parse-search.ts";

/** Days that a search reads, by the values of the field `period`. */
export const periods = { "1d": 1, "7d": 7, "30d": 30, "90d": 90 } as const;
export const DEFAULT_PERIOD = "7d";
const DAY_MS = 24 * 60 * 60_000;
/** Events per page. */
export const PAGE_SIZE = 100;

const field = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);

/** The filter of the list, as its form sends it and its address has it. */
export const eventFilter = z.object({
  text: field,
  source: field,
  period: z.enum(["1d", "7d", "30d", "90d"]).default(DEFAULT_PERIOD).catch(DEFAULT_PERIOD),
  /** RFC 3339: the list shows events that were received before. */
  before: z.iso.datetime({ offset: true }).optional().catch(undefined),
});
export type EventFilter = z.infer<typeof eventFilter>;

export interface Query {
  sql: string;
  params: Record<string, unknown>;
}

interface Condition {
  sql: string;
  params?: Record<string, unknown>;
}

/**
 * Builds the query of a list of events, newest first: one more than a page shows. The period bounds the partitions that BigQuery reads.
 *
 * @param names further names of a person who is searched for: their logins, and their user in Slack
 */
export function buildListQuery(
  { source, period, before }: Omit<EventFilter, "text">,
  search: Search,
  { names = [], now = new Date() }: { names?: string[]; now?: Date } = {},
): Query {
  const end = before === undefined ? now : new Date(before);
  const conditions: Condition[] = [
    {
      sql: "received_at >= TIMESTAMP(@since)",
      params: { since: new Date(end.getTime() - periods[period] * DAY_MS).toISOString() },
    },
    ...(before === undefined ? [] : [{ sql: "received_at < TIMESTAMP(@before)", params: { before } }]),
    ...(source === undefined ? [] : [{ sql: "source = @source", params: { source } }]),
    ...searchConditions(search, names),
  ];
  return {
    sql: `SELECT event_id, received_at, source, type, subject, actor, repository
FROM product_eng.events
WHERE ${conditions.map(({ sql }) => sql).join("\n  AND ")}
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
ORDER BY received_at DESC, event_id
LIMIT ${PAGE_SIZE + 1}`,
    params: Object.assign({}, ...conditions.map(({ params }) => params ?? {})),
  };
}

function searchConditions(search: Search, names: string[]): Condition[] {
  switch (search.kind) {
    case "all":
      return [];
    case "sha":
      // A sha has a field of another name in each type of event.
      return [{ sql: "STRPOS(TO_JSON_STRING(event), @sha) > 0", params: { sha: search.sha } }];
    case "pull-request":
      return [pullRequestCondition(search)];
    case "email":
      return [
        {
          sql: "LOWER(actor) IN UNNEST(@names)",
          params: { names: [...new Set([search.email, ...names.map((name) => name.toLowerCase())])] },
        },
      ];
    case "word": {
      const word = search.word.toLowerCase();
      return [
        {
          sql: "(event_id = @id OR LOWER(actor) IN UNNEST(@names) OR STRPOS(LOWER(subject), @word) > 0)",
          params: {
            id: search.word,
            names: [...new Set([word, ...names.map((name) => name.toLowerCase())])],
            word,
          },
        },
      ];
    }
  }
}

/** Events about the pull request, and those that name its number among theirs, such as check runs. */
function pullRequestCondition({ repository, number }: Extract<Search, { kind: "pull-request" }>): Condition {
  const named = "(ENDS_WITH(subject, @reference) OR REGEXP_CONTAINS(TO_JSON_STRING(event), @mention))";
  const params = {
    reference: `${repository ?? ""}#${number}`,
    mention: `"pullRequests":\\[[^\\]]*"number":${number}\\b|"pullRequest(Number)?":${number}\\b`,
  };
  return repository === null
    ? { sql: named, params }
    : {
        sql: `${named} AND LOWER(repository) = @repository`,
        params: { ...params, repository: repository.toLowerCase() },
      };
}

/** Finds when an event was received: reads one column. */
export const findEventQuery = `SELECT MIN(received_at) AS received_at
FROM product_eng.events
WHERE event_id = @id`;

/** Reads a whole event. The time bounds the partitions. */
export const readEventQuery = `SELECT event_id, received_at, source, type, event, payload
FROM product_eng.events
WHERE event_id = @id AND received_at = TIMESTAMP(@receivedAt)
LIMIT 1`;

/** The subscriptions that gave an event up: a dead letter is at most as old as its event. */
export const deadLettersQuery = `SELECT
  JSON_VALUE(attributes, '$.CloudPubSubDeadLetterSourceSubscription') AS subscription,
  JSON_VALUE(attributes, '$.CloudPubSubDeadLetterSourceDeliveryCount') AS attempts,
  MAX(publish_time) AS gave_up_at
FROM product_eng.dead_letters
WHERE publish_time >= TIMESTAMP(@receivedAt) AND JSON_VALUE(attributes, '$."ce-id"') = @id
GROUP BY subscription, attempts`;
