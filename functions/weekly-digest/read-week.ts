import { z } from "zod";
import { listTargets } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { addDays } from "./due-week.ts";

/** Runs a query with named parameters. Datasets are called as in infra/bigquery. @throws BigQuery's errors */
export type RunQuery = (sql: string, params: Record<string, unknown>) => Promise<unknown[]>;

const MAX_CHECKS = 3;
const MAX_REVIEWS = 5;

/** The five metrics of a service and environment in a week; docs/metrics.md#delivery defines them. A rate is null if nothing was deployed. */
const metrics = z.object({
  service: z.string(),
  environment: z.string(),
  /** Whether it is the week of the digest, and not the one before. */
  is_current: z.boolean(),
  deployments: z.number(),
  lead_time_seconds: z.number().nullable(),
  changes: z.number(),
  failed_changes: z.number(),
  recovery_seconds: z.number().nullable(),
  /** Rollbacks and hotfixes. */
  reworks: z.number(),
});
const slowCheck = z.object({
  repository: z.string(),
  check_name: z.string(),
  /** Median of the runs with a verdict. */
  seconds: z.number(),
  runs: z.number(),
});
const flakyCheck = z.object({
  repository: z.string(),
  check_name: z.string(),
  /** Commits for which the check failed and then passed. */
  flaky_commits: z.number(),
  commits: z.number(),
});
const openReview = z.object({
  repository: z.string(),
  number: z.number(),
  title: z.string().nullable(),
  author: z.string().nullable(),
  age_seconds: z.number(),
});

/** What the warehouse says about a team's week. Stored as the decision, from which the message is drawn. */
export const weekRows = z.object({
  metrics: z.array(metrics),
  slowest: z.array(slowCheck),
  flakiest: z.array(flakyCheck),
  reviews: z.array(openReview),
});
export type WeekRows = z.infer<typeof weekRows>;
export type MetricsRow = z.infer<typeof metrics>;

/** The week's metrics and those of the week before, of each target that was deployed at any time. */
export const metricsQuery = `SELECT
  service,
  environment,
  period_start = DATE(@week) AS is_current,
  deployments,
  lead_time_seconds_p50 AS lead_time_seconds,
  changes,
  failed_changes,
  recovery_seconds_p50 AS recovery_seconds,
  rollbacks + hotfixes AS reworks
FROM product_eng.delivery_by_period
WHERE period = 'week'
  AND period_start IN (DATE(@week), DATE(@before))
  AND CONCAT(app, '/', environment) IN UNNEST(@targets)
ORDER BY service, environment, is_current DESC`;

/** Percentiles of days must not be averaged: the query reads the runs. */
export const slowestQuery = `SELECT DISTINCT
  repository,
  check_name,
  PERCENTILE_CONT(duration_seconds, 0.5) OVER (PARTITION BY repository, check_name) AS seconds,
  COUNT(*) OVER (PARTITION BY repository, check_name) AS runs
FROM product_eng.check_runs
CROSS JOIN product_eng.organization
WHERE verdict IS NOT NULL
  AND duration_seconds IS NOT NULL
  AND repository IN UNNEST(@repositories)
  AND completed_at >= TIMESTAMP(DATE(@week), time_zone)
  AND completed_at < TIMESTAMP(DATE(@after), time_zone)
ORDER BY seconds DESC, repository, check_name
LIMIT ${MAX_CHECKS}`;

/** A commit may have a row for its pull request and one for main. */
export const flakiestQuery = `SELECT
  repository,
  check_name,
  COUNT(DISTINCT IF(is_flaky, head_sha, NULL)) AS flaky_commits,
  COUNT(DISTINCT head_sha) AS commits
FROM product_eng.check_commits
CROSS JOIN product_eng.organization
WHERE repository IN UNNEST(@repositories)
  AND first_completed_at >= TIMESTAMP(DATE(@week), time_zone)
  AND first_completed_at < TIMESTAMP(DATE(@after), time_zone)
GROUP BY repository, check_name
HAVING COUNT(DISTINCT IF(is_flaky, head_sha, NULL)) > 0
ORDER BY flaky_commits DESC, commits, repository, check_name
LIMIT ${MAX_CHECKS}`;

/** People's pull requests that wait for a review now. */
export const reviewsQuery = `SELECT repository, number, title, author, age_seconds
FROM product_eng.open_pull_requests
WHERE waits_for = 'review' AND NOT author_is_bot AND repository IN UNNEST(@repositories)
ORDER BY opened_at, repository, number
LIMIT ${MAX_REVIEWS}`;

/**
 * Reads what a team's digest says.
 *
 * @param owned the team's services; at least one
 * @param week its Monday, YYYY-MM-DD
 * @throws BigQuery's errors; {ZodError} for rows of another shape
 */
export async function readWeek(
  query: RunQuery,
  { owned, services, week }: { owned: Service[]; services: Service[]; week: string },
): Promise<WeekRows> {
  const targets = owned.flatMap((service) =>
    listTargets(service, services).map(({ app, environment }) => `${app}/${environment}`),
  );
  const repositories = [
    ...new Set(
      owned.flatMap(({ repository, upstream }) => [repository, ...(upstream ? [upstream.repository] : [])]),
    ),
  ];
  const days = { week, before: addDays(week, -7), after: addDays(week, 7) };
  const [metricsRows, slowest, flakiest, reviews] = await Promise.all([
    // BigQuery does not know the type of an empty array.
    targets.length > 0 ? query(metricsQuery, { week, before: days.before, targets }) : [],
    query(slowestQuery, { week, after: days.after, repositories }),
    query(flakiestQuery, { week, after: days.after, repositories }),
    query(reviewsQuery, { repositories }),
  ]);
  return weekRows.parse({ metrics: metricsRows, slowest, flakiest, reviews });
}

/** Whether there is anything to say. */
export function isEmptyWeek({ metrics: rows, slowest, flakiest, reviews }: WeekRows): boolean {
  return [rows, slowest, flakiest, reviews].every((list) => list.length === 0);
}
