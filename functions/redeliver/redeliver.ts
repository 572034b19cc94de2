import { type GitHubClient, hasStatus } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { type Attempt, groupAttempts, RETENTION_MS } from "./decide.ts";
import { claimDue, countPending, readSeenUntil, storeOutcomes } from "./store.ts";

const PAGE = 100;
/** Deliveries per transaction. If the run dies, their next attempt is late. */
const CLAIM = 20;
/** Afterwards the alert "overdue_deliveries" fires. */
const OVERDUE_MS = 60 * 60_000;
/** An attempt appears in the log when it has ended, up to 10 s after its time. The rest is for a slow log. */
const OVERLAP_MS = 10 * 60_000;

interface RunOptions {
  now: Date;
  /** Whether to send another request. */
  hasTime: () => boolean;
}

export interface RedeliverSummary extends Record<string, unknown> {
  /** Attempts that were read from GitHub's log. */
  read: number;
  /** Events that have no 2xx, and were not known before. */
  failed: number;
  /** Events that got a 2xx since they were known to have failed. */
  recovered: number;
  /** Attempts that GitHub was asked for. */
  requested: number;
  /** Events that still have no 2xx an hour after they failed. */
  overdue: number;
  /** Events without a 2xx after three days. */
  gaveUp: number;
  /** False if the time was up. */
  complete: boolean;
}

/**
 * Reads GitHub's delivery log back to where the last run began, and asks for another attempt at what failed.
 *
 * @param github a client that acts as the App
 * @throws errors of GitHub and Postgres; the next run continues
 */
export async function redeliver(
  github: GitHubClient,
  { now, hasTime }: RunOptions,
): Promise<RedeliverSummary> {
  const { attempts, complete } = await readLog(github, await findStart(now), hasTime);
  const newest = Math.max(...attempts.map(({ deliveredAt }) => deliveredAt.getTime()));
  const isRead = complete && attempts.length > 0;
  const { failed, recovered } = await storeOutcomes(
    groupAttempts(attempts),
    isRead ? new Date(newest) : undefined,
  );
  if (!complete)
    log("WARNING", "GitHub's delivery log was not read to its end in time", { read: attempts.length });
  const { requested, gaveUp, isDone } = await requestAttempts(github, now, hasTime);
  const overdue = await countPending(new Date(now.getTime() - OVERDUE_MS));
  if (overdue > 0)
    log("WARNING", "Deliveries of GitHub are missing for more than an hour", { outcome: "overdue", overdue });
  return {
    read: attempts.length,
    failed,
    recovered,
    requested,
    overdue,
    gaveUp,
    complete: complete && isDone,
  };
}

async function findStart(now: Date): Promise<Date> {
  const oldest = now.getTime() - RETENTION_MS;
  const seenUntil = await readSeenUntil();
  return new Date(Math.max(oldest, seenUntil ? seenUntil.getTime() - OVERLAP_MS : oldest));
}

/** Reads the log, newest attempt first, back to a time. */
async function readLog(github: GitHubClient, start: Date, hasTime: () => boolean) {
  const attempts: Attempt[] = [];
  const pages = github.paginate.iterator(github.rest.apps.listWebhookDeliveries, { per_page: PAGE });
  for await (const { data } of pages) {
    for (const item of data)
      attempts.push({
        id: String(item.id),
        guid: item.guid,
        event: item.event,
        repositoryId: item.repository_id === null ? null : String(item.repository_id),
        statusCode: item.status_code,
        deliveredAt: new Date(item.delivered_at),
      });
    const oldest = attempts.at(-1);
    if (oldest && oldest.deliveredAt < start) break;
    if (!hasTime()) return { attempts, complete: false };
  }
  return { attempts, complete: true };
}

async function requestAttempts(github: GitHubClient, now: Date, hasTime: () => boolean) {
  let requested = 0;
  let gaveUp = 0;
  while (hasTime()) {
    const due = await claimDue(now, CLAIM);
    gaveUp += due.gaveUp;
    for (const id of due.ask) if (await requestAttempt(github, id)) requested++;
    if (due.ask.length + due.gaveUp < CLAIM) return { requested, gaveUp, isDone: true };
  }
  return { requested, gaveUp, isDone: false };
}

/** @returns false if GitHub refuses this delivery; an error that concerns all deliveries ends the run */
async function requestAttempt(github: GitHubClient, id: string): Promise<boolean> {
  try {
    // Ids have up to 64 bits, more than a number holds.
    await github.request(`POST /app/hook/deliveries/${id}/attempts`);
    return true;
  } catch (error) {
    if (!hasStatus(error, 400, 404, 422)) throw error;
    log("WARNING", "GitHub does not deliver again", { delivery: id, error });
    return false;
  }
}
