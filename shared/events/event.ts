import type { z } from "zod";
import { bootstrapEvent } from "./bootstrap-event.ts";
import { freightEvent } from "./freight-event.ts";
import { githubEvent } from "./github-event.ts";
import { slackEvent } from "./slack-event.ts";
import { webpackEvent } from "./webpack-event.ts";

/** The schema of each source's events. A new source adds its line here. */
export const eventSchemas = {
  github: githubEvent,
  slack: slackEvent,
  freight: freightEvent,
  webpack: webpackEvent,
  "bootstrap-dev-env": bootstrapEvent,
};

export type Source = keyof typeof eventSchemas;
export type Event = { [S in Source]: z.infer<(typeof eventSchemas)[S]> }[Source];

/** The names of all sources, each also the name of its function and the prefix of its topic. */
export const sources = Object.keys(eventSchemas) as Source[];

/** Version of the events' schemas; changes are additive, a breaking change gets the next number. */
const SCHEMA_VERSION = 1;

/** The `dataschema` of a source's events: also the `$id` of its JSON Schema in docs/events. */
export function getDataschema(source: Source): string {
  return `urn:ci-tooling:events:${source}:${SCHEMA_VERSION}`;
}

/** Thrown for data that is no event of a known source; the message says which field is wrong. */
export class InvalidEventError extends Error {
  override name = "InvalidEventError";
}

/**
 * Parses the JSON of a normalized event.
 *
 * @throws {InvalidEventError} when the source is unknown or a field does not fit the source's schema
 */
export function parseEvent(data: unknown): Event {
  const source = (data as { source?: unknown } | null)?.source;
  if (typeof source !== "string" || !Object.hasOwn(eventSchemas, source)) {
    throw new InvalidEventError(`Not an event of a known source: source is ${JSON.stringify(source)}`);
  }
  const parsed = eventSchemas[source as Source].safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new InvalidEventError(`Not a ${source} event: ${problems.join("; ")}`);
  }
  return parsed.data;
}
