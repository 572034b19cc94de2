import type { BigQuery } from "@google-cloud/bigquery";
import { facts } from "../../../functions/refresh-facts/facts/facts.ts";
import { changedDaysQueries } from "../../../functions/refresh-facts/facts/merge-statement.ts";
import { summaries } from "../../../functions/refresh-facts/facts/summaries.ts";
import { type Changes, changesOf, statementsOf } from "../../../functions/refresh-facts/plan.ts";

const ALWAYS = [{ from: "2000-01-01T00:00:00.000Z", until: "2100-01-01T00:00:00.000Z" }];

/** Merges all raw rows that the warehouse has now into the facts. */
export async function applyFacts(bigquery: BigQuery): Promise<Changes> {
  const queries = changedDaysQueries(facts, ALWAYS).map((sql) => bigquery.query(sql));
  const changes = changesOf((await Promise.all(queries)).flatMap(([rows]) => rows));
  for (const { sql } of statementsOf(facts, { received: ALWAYS, changes }, summaries))
    await bigquery.query(sql);
  return changes;
}
