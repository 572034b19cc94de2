import type { BigQuery } from "@google-cloud/bigquery";
import { z } from "zod";
import { nameDatasets } from "../../../shared/bigquery/name-datasets.ts";
import type { Config } from "../../../shared/config.ts";
import { type Event, parseEvent } from "../../../shared/events/event.ts";
import {
  buildListQuery,
  deadLettersQuery,
  type EventFilter,
  findEventQuery,
  PAGE_SIZE,
  readEventQuery,
} from "./build-query.ts";
import type { Search } from "./parse-search.ts";

/** Runs GoogleSQL with named parameters. Datasets are called as in infra/bigquery. @throws BigQuery's errors */
export type RunQuery = (sql: string, params: Record<string, unknown>) => Promise<Record<string, unknown>[]>;

/** A careless search must not cost more: 200 GB are about one dollar. */
const MAX_BYTES_BILLED = String(200 * 1024 ** 3);

export function createQueryRunner(bigquery: BigQuery, datasets: Config["bigquery"]): RunQuery {
  return async (sql, params) => {
    const query = nameDatasets(sql, datasets);
    const [rows] = await bigquery.query({ query, params, maximumBytesBilled: MAX_BYTES_BILLED });
    return rows;
  };
}

/** BigQuery's client has objects for times. */
const time = z
  .object({ value: z.string() })
  .transform(({ value }) => value)
  .or(z.string());

const listedEvent = z.object({
  event_id: z.string(),
  received_at: time,
  source: z.string(),
  type: z.string(),
  subject: z.string().nullable(),
  actor: z.string().nullable(),
  repository: z.string().nullable(),
});
export type ListedEvent = z.infer<typeof listedEvent>;

export interface EventList {
  events: ListedEvent[];
  hasMore: boolean;
}

export async function listEvents(
  query: RunQuery,
  filter: EventFilter,
  search: Search,
  names: string[],
): Promise<EventList> {
  const { sql, params } = buildListQuery(filter, search, { names });
  const rows = z.array(listedEvent).parse(await query(sql, params));
  return { events: rows.slice(0, PAGE_SIZE), hasMore: rows.length > PAGE_SIZE };
}

/** JSON columns come as text, or parsed. */
const json = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .or(z.record(z.string(), z.unknown()));

const storedEvent = z.object({
  event_id: z.string(),
  received_at: time,
  source: z.string(),
  type: z.string(),
  event: json.nullable(),
  payload: json.nullable(),
});

export interface FoundEvent {
  id: string;
  receivedAt: string;
  source: string;
  type: string;
  /** As stored, without the payload. */
  fields: unknown;
  payload: unknown;
  /** null if this release does not read events of its kind. */
  event: Event | null;
}

/** @returns undefined if the warehouse has no event with the id */
export async function readEvent(query: RunQuery, id: string): Promise<FoundEvent | undefined> {
  const [found] = z
    .array(z.object({ received_at: time.nullable() }))
    .parse(await query(findEventQuery, { id }));
  if (!found?.received_at) return undefined;
  const rows = await query(readEventQuery, { id, receivedAt: found.received_at });
  const [row] = z.array(storedEvent).parse(rows);
  if (!row) return undefined;
  const { event: fields, payload } = row;
  return {
    id: row.event_id,
    receivedAt: row.received_at,
    source: row.source,
    type: row.type,
    fields,
    payload,
    event: parseStored(fields, payload),
  };
}

function parseStored(fields: unknown, payload: unknown): Event | null {
  try {
    return parseEvent({ ...(fields as object), payload });
  } catch {
    return null;
  }
}

const givenUp = z.object({
  subscription: z.string().nullable(),
  attempts: z.coerce.number().nullable(),
  gave_up_at: time,
});
export type GivenUp = z.infer<typeof givenUp>;

/** The subscriptions that gave an event up, replayed since or not. */
export async function readGivenUp(query: RunQuery, { id, receivedAt }: FoundEvent): Promise<GivenUp[]> {
  return z.array(givenUp).parse(await query(deadLettersQuery, { id, receivedAt }));
}
