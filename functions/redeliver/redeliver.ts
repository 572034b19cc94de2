import type { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { hasStatus } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { toAttemptRows } from "./attempt-rows.ts";
import { type Attempt, groupAttempts, RETENTION_MS } from "./decide.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import {
  claimDue,
  countPending,
  type DueAttempt,
  readSeenUntil,
  storeOutcomes,
  storeRecovered,
  storeSeenUntil,
} from "./store.ts";

/** Deliveries per transaction. If the run dies, their next attempt is late. */
const CLAIM = 20;
/** Rows that wait for BigQuery at once, so that a first run over three days fits into memory. */
const WRITE_BATCH = 5000;
/** Afterwards the alert "overdue_deliveries" fires. */
const OVERDUE_MS = 60 * 60_000;
/** An attempt appears in the log when it has ended, up to 10 s after its time. The rest is for a slow log. */
const OVERLAP_MS = 10 * 60_000;

export interface RedeliverOptions {
  now: Date;
  /** Whether to send another request. */
  hasTime: () => boolean;
  writer: Pick<RowWriter, "write">;
  /** Returns those of some events that the warehouse holds. */
  findHeld: (guids: string[]) => Promise<Set<string>>;
  /** Dataset of `delivery_attempts`. */
  dataset: string;
}

export interface RedeliverSummary extends Record<string, unknown> {
  /** Attempts that were read from GitHub's logs. */
  read: number;
  /** Events that have no 2xx, and were not known before. */
  failed: number;
  /** Events that got a 2xx since they were known to have failed. */
  recovered: number;
  /** Events that the warehouse held although no attempt got a 2xx: the response was lost. */
  held: number;
  /** Attempts that GitHub was asked for. */
  requested: number;
  /** Events that still have no 2xx an hour after they failed. */
  overdue: number;
  /** Events without a 2xx after three days. */
  gaveUp: number;
  /** False if the time was up. */
  complete: boolean;
}

/** A log and what was read of it. */
interface Reading {
  log: DeliveryLog;
  attempts: Attempt[];
  complete: boolean;
}

/**
 * Reads GitHub's delivery logs back to where the last run began, asks for another attempt at what failed, and stores the attempts in
 * the warehouse. A log that cannot be read, or a warehouse that does not respond, delays neither the other logs nor the requests.
 *
 * @throws {AggregateError} of GitHub's and BigQuery's errors, once everything else is done; the next run continues
 * @throws errors of Postgres
 */
export async function redeliver(logs: DeliveryLog[], options: RedeliverOptions): Promise<RedeliverSummary> {
  const { now, hasTime } = options;
  const errors: unknown[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      errors.push(error);
      return undefined;
    }
  };
  const readings: Reading[] = [];
  for (const each of logs) {
    const reading = await attempt(() => readLog(each, now, hasTime));
    if (reading) readings.push(reading);
  }
  const { failed, recovered } = await storeOutcomes(groupAttempts(readings.flatMap((each) => each.attempts)));
  const requests = await attempt(() => requestAttempts(logs, options));
  await attempt(() => storeReadings(readings, options));
  const overdue = await countPending(new Date(now.getTime() - OVERDUE_MS));
  if (overdue > 0)
    log("WARNING", "Deliveries of GitHub are missing for more than an hour", { outcome: "overdue", overdue });
  if (errors.length > 0) throw new AggregateError(errors, describe(errors));
  return {
    read: readings.reduce((sum, { attempts }) => sum + attempts.length, 0),
    failed,
    recovered,
    held: requests?.held ?? 0,
    requested: requests?.requested ?? 0,
    overdue,
    gaveUp: requests?.gaveUp ?? 0,
    complete: readings.every(({ complete }) => complete) && (requests?.isDone ?? false),
  };
}

function describe(errors: unknown[]): string {
  return errors.map((error) => (error instanceof Error ? error.message : String(error))).join("; ");
}

/** Reads a log, newest attempt first, back to where the last complete reading ended. */
async function readLog(each: DeliveryLog, now: Date, hasTime: () => boolean): Promise<Reading> {
  const start = await findStart(each.name, now);
  const attempts: Attempt[] = [];
  for await (const page of each.pages()) {
    for (const attempt of page) attempts.push(attempt);
    const oldest = attempts.at(-1);
    if (oldest && oldest.deliveredAt < start) break;
    if (!hasTime()) {
      log("WARNING", "A delivery log of GitHub was not read to its end in time", {
        log: each.name,
        read: attempts.length,
      });
      return { log: each, attempts, complete: false };
    }
  }
  return { log: each, attempts, complete: true };
}

async function findStart(name: string, now: Date): Promise<Date> {
  const oldest = now.getTime() - RETENTION_MS;
  const seenUntil = await readSeenUntil(name);
  return new Date(Math.max(oldest, seenUntil ? seenUntil.getTime() - OVERLAP_MS : oldest));
}

/** Writes attempts to the warehouse. Only then does the next run read less: what is not written is read again. */
async function storeReadings(readings: Reading[], { writer, dataset, hasTime }: RedeliverOptions) {
  for (const { log: each, attempts, complete } of readings) {
    let stored = 0;
    while (stored < attempts.length && (stored === 0 || hasTime())) {
      await writer.write(toAttemptRows(attempts.slice(stored, stored + WRITE_BATCH), dataset));
      stored += WRITE_BATCH;
    }
    const newest = attempts.reduce((latest, { deliveredAt }) => Math.max(latest, deliveredAt.getTime()), 0);
    if (complete && newest > 0 && stored >= attempts.length)
      await storeSeenUntil(each.name, new Date(newest));
  }
}

async function requestAttempts(logs: DeliveryLog[], { now, hasTime, findHeld }: RedeliverOptions) {
  const counts = { requested: 0, held: 0, gaveUp: 0 };
  while (hasTime()) {
    const due = await claimDue(now, CLAIM);
    counts.gaveUp += due.gaveUp;
    const held = await findHeldOrNone(due.ask, findHeld);
    await storeRecovered([...held], now);
    counts.held += held.size;
    for (const attempt of due.ask)
      if (!held.has(attempt.guid) && (await requestAttempt(logs, attempt))) counts.requested++;
    if (due.ask.length + due.gaveUp < CLAIM) return { ...counts, isDone: true };
  }
  return { ...counts, isDone: false };
}

/** An event that is held and delivered again counts once, so a warehouse that does not respond delays no request. */
async function findHeldOrNone(
  due: DueAttempt[],
  findHeld: RedeliverOptions["findHeld"],
): Promise<Set<string>> {
  if (due.length === 0) return new Set();
  try {
    return await findHeld(due.map(({ guid }) => guid));
  } catch (error) {
    log("WARNING", "The warehouse does not say which events it holds: all are delivered again", { error });
    return new Set();
  }
}

/** @returns false if GitHub refuses this delivery; an error that concerns all deliveries ends the requests */
async function requestAttempt(logs: DeliveryLog[], { log: name, deliveryId }: DueAttempt): Promise<boolean> {
  const found = logs.find((each) => each.name === name);
  if (!found) {
    log("WARNING", "A delivery is of a webhook that is not configured any more", {
      log: name,
      delivery: deliveryId,
    });
    return false;
  }
  try {
    await found.requestAttempt(deliveryId);
    return true;
  } catch (error) {
    if (!hasStatus(error, 400, 404, 422)) throw error;
    log("WARNING", "GitHub does not deliver again", { log: name, delivery: deliveryId, error });
    return false;
  }
}
