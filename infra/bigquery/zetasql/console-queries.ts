import {
  buildListQuery,
  deadLettersQuery,
  eventFilter,
  findEventQuery,
  type Query,
  readEventQuery,
} from "../../../functions/console/events/build-query.ts";
import { parseSearch } from "../../../functions/console/events/parse-search.ts";
import { inlineParameters } from "../../explain/inline-parameters.ts";

/** One of each kind. */
const searches = ["", "acme/web#12", "#12", "0123456789abcdef", "mira@acme.example", "mira"];

/** The queries of the console in the cloud, with values. */
export function listConsoleQueries(): { name: string; sql: string }[] {
  const event = { id: "an-id", receivedAt: "2025-02-17T00:00:00Z" };
  const filter = eventFilter.parse({ source: "github", before: "2025-02-17T00:00:00Z" });
  const queries: Record<string, Query> = {
    findEventQuery: { sql: findEventQuery, params: event },
    readEventQuery: { sql: readEventQuery, params: event },
    deadLettersQuery: { sql: deadLettersQuery, params: event },
    ...Object.fromEntries(
      searches.map((text) => [`list ${text}`.trim(), buildListQuery(filter, parseSearch(text))]),
    ),
  };
  return Object.entries(queries).map(([name, { sql, params }]) => ({
    name: `console: ${name}`,
    sql: inlineParameters(sql, params),
  }));
}
