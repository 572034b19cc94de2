import type { Summary } from "./define-summary.ts";

/** Days within which a check's verdicts on a commit belong together. GitHub runs a scheduled workflow on a commit of any age. */
const DAYS_OF_A_COMMIT = 7;

/**
 * Verdicts of a check on a commit, from the commit's first verdict of any check, `seen_at`, until seven days later. A commit that is checked
 * again more than seven days after its last verdict has further rows.
 */
const checkCommits: Summary = {
  table: "product_eng.check_commit_summaries",
  key: ["repository", "head_sha", "check_name", "seen_at"],
  from: ["product_eng.check_run_facts", "product_eng.check_queue_facts"],
  partition: "seen_at",
  reachDays: DAYS_OF_A_COMMIT,
  select: (since) => `  SELECT
    repository,
    head_sha,
    check_name,
    seen_at,
    SUM(runs) AS runs,
    SUM(passed) AS passed,
    SUM(failed) AS failed,
    MIN(begun_at) AS begun_at,
    MIN(first_completed_at) AS first_completed_at,
    MIN(passed_at) AS passed_at,
    LOGICAL_OR(IFNULL(first_failed_at <= last_passed_from, FALSE)) AS is_flaky,
    LOGICAL_OR(has_main_name) AS has_main_name,
    LOGICAL_OR(is_unnamed) AS is_unnamed
  FROM (
    -- Two workflows may have a job of one name: a repeated run stays in its suite, and starts after the run that it repeats.
    SELECT
      repository,
      head_sha,
      check_name,
      seen_at,
      COUNT(*) AS runs,
      COUNTIF(is_passed) AS passed,
      COUNTIF(NOT is_passed) AS failed,
      MIN(begun_at) AS begun_at,
      MIN(completed_at) AS first_completed_at,
      MIN(IF(is_passed, completed_at, NULL)) AS passed_at,
      MIN(IF(is_passed, NULL, completed_at)) AS first_failed_at,
      MAX(IF(is_passed, IFNULL(started_at, completed_at), NULL)) AS last_passed_from,
      LOGICAL_OR(has_main_name) AS has_main_name,
      LOGICAL_OR(is_unnamed) AS is_unnamed
    FROM (
      SELECT
        *,
        LAST_VALUE(IF(is_first, completed_at, NULL) IGNORE NULLS) OVER (
          PARTITION BY repository, head_sha ORDER BY completed_at, check_run_id
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS seen_at
      FROM (
        SELECT
          repository,
          head_sha,
          check_name,
          check_run_id,
          check_suite_id,
          completed_at,
          started_at,
          conclusion = 'success' AS is_passed,
          LEAST(IFNULL(queued_at, completed_at), IFNULL(started_at, completed_at), completed_at) AS begun_at,
          head_branch IS NULL AS is_unnamed,
          IFNULL(
            head_branch = default_branch OR (default_branch IS NULL AND head_branch IN ('main', 'master')),
            FALSE
          ) AS has_main_name,
          IFNULL(
            TIMESTAMP_DIFF(
              completed_at,
              LAG(completed_at) OVER (PARTITION BY repository, head_sha ORDER BY completed_at, check_run_id),
              HOUR
            ) >= ${DAYS_OF_A_COMMIT * 24},
            TRUE
          ) AS is_first
        FROM product_eng.check_run_facts
        WHERE completed_at >= TIMESTAMP_SUB(${since}, INTERVAL ${DAYS_OF_A_COMMIT} DAY)
          AND conclusion IN ('success', 'failure', 'timed_out')
          AND check_name IS NOT NULL
          AND head_sha IS NOT NULL
      ) AS verdicts
    ) AS runs
    WHERE seen_at >= ${since} AND completed_at < TIMESTAMP_ADD(seen_at, INTERVAL ${DAYS_OF_A_COMMIT} DAY)
    GROUP BY repository, head_sha, check_name, seen_at, check_suite_id
  ) AS suites
  GROUP BY repository, head_sha, check_name, seen_at`,
};

/** GitHub keeps a delivery, and delivers it again, for three days. */
const DAYS_OF_A_DELIVERY = 3;

/** Events that GitHub sent, by its log, with their attempts and when the suite received them. A ping is not kept. */
const sent = (since: string) => `    SELECT
      attempt.guid,
      attempt.event,
      attempt.repository_id,
      attempt.attempts,
      attempt.redeliveries,
      attempt.first_attempt_at,
      attempt.first_failed_at,
      attempt.accepted_at,
      attempt.redelivered_at,
      held.repository,
      held.received_at AS held_at
    FROM (
      SELECT
        guid,
        ANY_VALUE(event) AS event,
        MIN(repository_id) AS repository_id,
        COUNT(*) AS attempts,
        COUNTIF(is_redelivery) AS redeliveries,
        MIN(delivered_at) AS first_attempt_at,
        MIN(IF(status_code BETWEEN 200 AND 299, NULL, delivered_at)) AS first_failed_at,
        MIN(IF(status_code BETWEEN 200 AND 299, delivered_at, NULL)) AS accepted_at,
        MIN(IF(status_code BETWEEN 200 AND 299 AND is_redelivery, delivered_at, NULL)) AS redelivered_at
      FROM product_eng.delivery_attempt_facts
      WHERE event <> 'ping' AND delivered_at >= TIMESTAMP_SUB(${since}, INTERVAL ${DAYS_OF_A_DELIVERY} DAY)
      GROUP BY guid
    ) AS attempt
    LEFT JOIN (
      SELECT event_id, repository, received_at
      FROM product_eng.event_facts
      WHERE source = 'github' AND received_at >= TIMESTAMP_SUB(${since}, INTERVAL ${DAYS_OF_A_DELIVERY} DAY)
    ) AS held
      ON held.event_id = attempt.guid
    WHERE attempt.first_attempt_at >= ${since}`;

const DELIVERIES = {
  from: ["product_eng.delivery_attempt_facts", "product_eng.event_facts"],
  reachDays: DAYS_OF_A_DELIVERY,
};

/** Events that GitHub sent, per quarter of an hour, in which the days of every time zone begin. */
const deliveryCounts: Summary = {
  ...DELIVERIES,
  table: "product_eng.delivery_count_summaries",
  key: ["sent_from", "event"],
  partition: "sent_from",
  select: (since) => `  SELECT
    TIMESTAMP_SECONDS(900 * DIV(UNIX_SECONDS(first_attempt_at), 900)) AS sent_from,
    event,
    COUNT(*) AS sent,
    COUNTIF(held_at IS NOT NULL) AS held
  FROM (
${sent(since)}
  ) AS deliveries
  GROUP BY sent_from, event`,
};

/** Events whose first attempts GitHub counts as failed. */
const deliveryGaps: Summary = {
  ...DELIVERIES,
  table: "product_eng.delivery_gap_summaries",
  key: ["guid"],
  partition: "first_attempt_at",
  select: (since) => `  SELECT
    guid,
    event,
    repository_id,
    repository,
    attempts,
    redeliveries,
    first_attempt_at,
    first_failed_at,
    accepted_at,
    redelivered_at,
    held_at
  FROM (
${sent(since)}
  ) AS deliveries
  WHERE first_failed_at IS NOT NULL AND (accepted_at IS NULL OR first_failed_at < accepted_at)`,
};

/** Every table that follows from facts, in the order in which a refresh replaces their rows. */
export const summaries: Summary[] = [checkCommits, deliveryCounts, deliveryGaps];
