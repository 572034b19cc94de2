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

/** When the first commit of every merged pull request was authored, where pushes to its branch are known. */
const firstCommits: Summary = {
  table: "product_eng.first_commit_summaries",
  key: ["repository", "number"],
  // A pull request is merged after it was opened, and counts commits that were pushed before.
  from: ["product_eng.pull_request_facts", "product_eng.commit_facts"],
  partition: "merged_at",
  reachDays: 0,
  select: (
    since,
  ) => `  SELECT pull.repository, pull.number, pull.merged_at, MIN(work.authored_at) AS authored_at
  FROM product_eng.pull_request_facts AS pull
  -- A fork's branch may have the name of one of the repository's own.
  JOIN product_eng.commit_facts AS work
    ON work.repository = pull.repository AND work.repository = pull.head_repository AND work.branch = pull.head_branch
  LEFT JOIN (
    -- Branch names are reused: commits of an earlier pull request from the same branch do not belong to this one.
    SELECT later.repository, later.number, MAX(earlier.merged_at) AS merged_at
    FROM product_eng.pull_request_facts AS later
    JOIN product_eng.pull_request_facts AS earlier
      ON earlier.repository = later.repository
      AND earlier.head_repository = later.head_repository
      AND earlier.head_branch = later.head_branch
      AND earlier.base_branch = later.base_branch
      AND earlier.number <> later.number
      AND earlier.merged_at <= later.opened_at
    WHERE later.merged_at >= ${since}
    GROUP BY later.repository, later.number
  ) AS previous
    ON previous.repository = pull.repository AND previous.number = pull.number
  WHERE pull.merged_at >= ${since}
    -- Commits that are not distinct arrived with a merge of another branch.
    AND work.is_distinct
    AND work.authored_at <= pull.merged_at
    -- A copied commit keeps its date, and a wrong clock writes 1970: neither says when this work began.
    AND work.authored_at > TIMESTAMP_SUB(pull.opened_at, INTERVAL 365 DAY)
    AND (previous.merged_at IS NULL OR work.authored_at > previous.merged_at)
  GROUP BY pull.repository, pull.number, pull.merged_at`,
};

/** GitHub keeps a delivery, and delivers it again, for three days. */
const DAYS_OF_A_DELIVERY = 3;

/**
 * Events that GitHub sent, by its log, per quarter of an hour of their first attempt, in which the days of every time zone begin. An event
 * whose first attempts GitHub counts as failed has a row with its `guid`, and is counted there. A ping is not kept.
 */
const deliveries: Summary = {
  table: "product_eng.delivery_summaries",
  key: ["sent_from", "event", "guid"],
  from: ["product_eng.delivery_attempt_facts", "product_eng.event_facts"],
  partition: "sent_from",
  reachDays: DAYS_OF_A_DELIVERY,
  select: (since) => `  SELECT
    sent_from,
    event,
    guid,
    COUNT(*) AS sent,
    COUNTIF(held_at IS NOT NULL) AS held,
    MIN(IF(guid IS NULL, NULL, repository_id)) AS repository_id,
    MIN(IF(guid IS NULL, NULL, repository)) AS repository,
    SUM(IF(guid IS NULL, NULL, attempts)) AS attempts,
    SUM(IF(guid IS NULL, NULL, redeliveries)) AS redeliveries,
    MIN(IF(guid IS NULL, NULL, first_failed_at)) AS first_failed_at,
    MIN(IF(guid IS NULL, NULL, accepted_at)) AS accepted_at,
    MIN(IF(guid IS NULL, NULL, redelivered_at)) AS redelivered_at,
    MIN(IF(guid IS NULL, NULL, held_at)) AS held_at
  FROM (
    SELECT
      attempt.* EXCEPT (guid, first_attempt_at),
      TIMESTAMP_SECONDS(
        UNIX_SECONDS(attempt.first_attempt_at) - MOD(UNIX_SECONDS(attempt.first_attempt_at), 900)
      ) AS sent_from,
      IF(
        attempt.first_failed_at IS NOT NULL
          AND (attempt.accepted_at IS NULL OR attempt.first_failed_at < attempt.accepted_at),
        attempt.guid,
        NULL
      ) AS guid,
      kept.repository,
      kept.received_at AS held_at
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
      WHERE event <> 'ping' AND delivered_at >= TIMESTAMP_SUB(${since}, INTERVAL 1 DAY)
      GROUP BY guid
      -- The first attempt at an event that was only delivered again is in an earlier row.
      HAVING COUNTIF(NOT is_redelivery) > 0
    ) AS attempt
    LEFT JOIN (
      SELECT event_id, repository, received_at
      FROM product_eng.event_facts
      WHERE source = 'github' AND received_at >= TIMESTAMP_SUB(${since}, INTERVAL 1 DAY)
    ) AS kept
      ON kept.event_id = attempt.guid
    WHERE attempt.first_attempt_at >= ${since}
  ) AS delivered
  GROUP BY sent_from, event, guid`,
};

/** Every table that follows from facts, in the order in which a refresh replaces their rows. */
export const summaries: Summary[] = [firstCommits, checkCommits, deliveries];
