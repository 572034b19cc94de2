import type { z } from "zod";
import { formatIssues } from "../format-issues.ts";
import { bootstrapEvent } from "./bootstrap-event.ts";
import { freightEvent } from "./freight-event.ts";
import { githubEvent } from "./github-event.ts";
import { slackEvent } from "./slack-event.ts";
import { webpackEvent } from "./webpack-event.ts";

/** The schema of each source's events. Each new source adds its schema here. */
export const eventSchemas = {
  github: githubEvent,
  slack: slackEvent,
  freight: freightEvent,
  webpack: webpackEvent,
  "bootstrap-dev-env": bootstrapEvent,
};

export type Source = keyof typeof eventSchemas;
export type Event = { [S in Source]: z.infer<(typeof eventSchemas)[S]> }[Source];

/** The names of all sources. Each is also the name of its function and the prefix of its topic. */
export const sources = Object.keys(eventSchemas) as Source[];

/** Version of the event schemas. Changes are additive; a breaking change increments it. */
const SCHEMA_VERSION = 1;

/** The `dataschema` of a source's events: also the `$id` of its JSON Schema in docs/events. */
export function getDataschema(source: Source): string {
  return `urn:ci-tooling:events:${source}:${SCHEMA_VERSION}`;
}

/** The data is not an event of a source in `eventSchemas`. The message names each wrong field. */
export class InvalidEventError extends Error {
  override name = "InvalidEventError";
}

/**
 * Parses the JSON of a normalized event.
 *
 * @throws {InvalidEventError} if the source is unknown or a field does not match the source's schema
 */
export function parseEvent(data: unknown): Event {
  const source = (data as { source?: unknown } | null)?.source;
  if (typeof source !== "string" || !Object.hasOwn(eventSchemas, source)) {
    throw new InvalidEventError(`Unknown source of an event: ${JSON.stringify(source)}`);
  }
  const parsed = eventSchemas[source as Source].safeParse(data);
  if (!parsed.success) {
    throw new InvalidEventError(`Not a ${source} event: ${formatIssues(parsed.error)}`);
  }
  return parsed.data;
}
