import type { BigQuery } from "@google-cloud/bigquery";
import { z } from "zod";
import { buildCommunityRows, buildOwnRows } from "../../functions/metrics/build-rows.ts";
import { resolveUserType } from "../../functions/metrics/community-row.ts";
import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Config } from "../../shared/config.ts";
import type { GitHubEvent } from "../../shared/events/event.ts";
import { loadRows } from "./load-rows.ts";
import { naturalKey } from "./natural-key.ts";

const known = z.object({
  event: z.string(),
  ref: z.string().nullable(),
  shas: z.array(z.string()),
  object: z.string().nullable(),
  attempt: z.string().nullable(),
});

const pushed = z.object({ branch: z.string(), sha: z.string() });

/** Seconds between the time of a change in its webhook and in the API. */
const SHIFTS = [0, 1, -1, 2, -2];

/** What the warehouse holds of a repository's history. */
export class HeldEvents {
  readonly #keys = new Set<string>();
  readonly #pushed = new Set<string>();

  add(event: GitHubEvent) {
    this.#keys.add(naturalKey(event));
    for (const sha of pushedShas(event)) this.#pushed.add(sha);
  }

  /** Of a push whose payload was deleted, its commits are known. @param ref e.g. refs/heads/main */
  addPushed(ref: string, sha: string) {
    this.#pushed.add(`${ref} ${sha}`);
  }

  /** Whether the event is held: a push, if another push of the branch has its last commit. */
  has(event: GitHubEvent): boolean {
    if (SHIFTS.some((shift) => this.#keys.has(naturalKey(event, shift)))) return true;
    const after = event.payload?.after;
    return event.event === "push" && this.#pushed.has(`${event.payload?.ref} ${after}`);
  }
}

function pushedShas({ event, payload }: GitHubEvent): string[] {
  if (event !== "push") return [];
  const commits = (payload?.commits ?? []) as { id: string }[];
  return commits.map(({ id }) => `${payload?.ref} ${id}`);
}

/**
 * Reads what live events and earlier backfills have brought.
 *
 * @param since RFC 3339
 * @throws BigQuery's errors
 */
export async function readHeldEvents(
  bigquery: BigQuery,
  { dataset, repository, since }: { dataset: string; repository: string; since: string },
): Promise<HeldEvents> {
  const held = new HeldEvents();
  const rows = bigquery.createQueryStream({
    query: `SELECT
        TO_JSON_STRING(event) AS event,
        JSON_VALUE(payload, '$.ref') AS ref,
        ARRAY(SELECT IFNULL(JSON_VALUE(pushed, '$.id'), '') FROM UNNEST(JSON_QUERY_ARRAY(payload, '$.commits')) AS pushed) AS shas,
        COALESCE(
          JSON_VALUE(payload, '$.workflow_run.id'),
          JSON_VALUE(payload, '$.workflow_job.id'),
          JSON_VALUE(payload, '$.deployment_status.id'),
          JSON_VALUE(payload, '$.deployment.id')
        ) AS object,
        COALESCE(
          JSON_VALUE(payload, '$.workflow_run.run_attempt'),
          JSON_VALUE(payload, '$.workflow_job.run_attempt')
        ) AS attempt
      FROM ${dataset}.events
      WHERE source = 'github' AND LOWER(repository) = LOWER(@repository) AND time >= TIMESTAMP(@since)`,
    params: { repository, since },
  });
  for await (const row of rows) {
    const { event: text, ref, shas, object, attempt } = known.parse(row);
    const event = JSON.parse(text) as GitHubEvent;
    const commits = shas.map((id) => ({ id }));
    const payload = { ref, after: shas.at(-1), commits, [event.event]: { id: object, run_attempt: attempt } };
    held.add({ ...event, payload });
  }
  const [commits] = await bigquery.query({
    query: `SELECT DISTINCT branch, sha FROM ${dataset}.commit_facts
      WHERE LOWER(repository) = LOWER(@repository) AND pushed_at >= TIMESTAMP(@since)`,
    params: { repository, since },
  });
  for (const { branch, sha } of z.array(pushed).parse(commits)) held.addPushed(`refs/heads/${branch}`, sha);
  return held;
}

/**
 * Writes events with a load job per table, `events` last: an event that is held has all of its rows.
 *
 * @returns number of rows
 * @throws BigQuery's errors; a further backfill writes the rows again, with the same ids
 */
export async function loadEvents(bigquery: BigQuery, events: GitHubEvent[], config: Config): Promise<number> {
  const tables = new Map<string, TableRow[]>();
  // Of the load: the next refresh of the facts reads what was received lately.
  const receivedAt = new Date().toISOString();
  for (const read of events) {
    const event = { ...read, receivedAt };
    const userType = await resolveUserType(event, config);
    for (const row of [...buildOwnRows(event, config), ...buildCommunityRows(event, config, userType)]) {
      const name = `${row.dataset}.${row.table}`;
      const rows = tables.get(name) ?? [];
      tables.set(name, rows);
      rows.push(row);
    }
  }
  const last = `${config.bigquery.metricsDataset}.events`;
  const order = [...tables.keys()].sort((a, b) => Number(a === last) - Number(b === last));
  for (const name of order) await loadRows(bigquery, tables.get(name) ?? []);
  return [...tables.values()].reduce((sum, rows) => sum + rows.length, 0);
}
