import { facts } from "./facts/facts.ts";
import { changedDaysQueries } from "./facts/merge-statement.ts";
import { summaries } from "./facts/summaries.ts";
import {
  changesOf,
  lateHoursQuery,
  rebuildStatements,
  type Statement,
  spansOf,
  statementsOf,
} from "./plan.ts";
import type { QueryRunner } from "./query-runner.ts";
import { beginRefresh, finishRefresh, type Refresh, storeChanges, storeFailure } from "./store.ts";

type Runner = Pick<QueryRunner, "query" | "runOnce">;

interface RunOptions {
  now: Date;
  /** Whether to run another statement. */
  hasTime: () => boolean;
  /** Whether to replace all facts; by default false. */
  rebuild?: boolean;
}

export interface RefreshSummary extends Record<string, unknown> {
  kind: Refresh["kind"];
  /** What was received until this time is in the facts, if `complete`. RFC 3339. */
  until: string;
  /** Names of the statements that ran. */
  statements: string[];
  /** False if the time was up: the next run continues. */
  complete: boolean;
}

/**
 * Merges into the facts what was received since the last refresh, or replaces them. A refresh that another run began is finished instead.
 *
 * Several runs may work on one refresh at once, and any may die: the refresh is stored before its first statement, and each statement is a
 * job of BigQuery whose id follows from the refresh, so it is never started twice.
 *
 * @throws errors of BigQuery and Postgres; the next run continues
 */
export async function refreshFacts(runner: Runner, options: RunOptions): Promise<RefreshSummary> {
  const { now, hasTime, rebuild = false } = options;
  const begun = await beginRefresh(now, rebuild ? "rebuild" : "refresh");
  const statements = await chooseStatements(runner, begun);
  const done: string[] = [];
  for (const { name, sql } of statements) {
    if (!hasTime()) return { kind: begun.kind, until: begun.until, statements: done, complete: false };
    await runner.runOnce({
      id: `facts_${begun.id}_${name}`,
      sql,
      failed: begun.failed?.[name] ?? 0,
      onFailed: (attempts) => storeFailure(begun.id, name, attempts),
    });
    done.push(name);
  }
  await finishRefresh(begun);
  const summary = { kind: begun.kind, until: begun.until, statements: done, complete: true };
  // The refresh that an earlier run began may be of another kind.
  return rebuild && begun.kind !== "rebuild" ? refreshFacts(runner, options) : summary;
}

/** The changed days are stored: statements of a job's second attempt, or of another run, are the same. */
async function chooseStatements(runner: Runner, refresh: Refresh): Promise<Statement[]> {
  if (refresh.kind === "rebuild") return rebuildStatements(facts, refresh.until, summaries);
  if (refresh.planned) return statementsOf(facts, refresh.planned, summaries);
  const received = spansOf(refresh, await runner.query(lateHoursQuery(refresh)));
  const queries = changedDaysQueries(facts, received).map((sql) => runner.query(sql));
  const changes = changesOf((await Promise.all(queries)).flat());
  const planned = await storeChanges(refresh.id, { received, changes });
  // Another run finished this refresh meanwhile.
  return planned ? statementsOf(facts, planned, summaries) : [];
}
