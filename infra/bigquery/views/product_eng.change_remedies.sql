-- Every sign that a change failed: a rollback withdrew it, a later change reverted a part of it or was a hotfix for it, or an
-- incident is linked to it. A row per change and sign, with the rule that found it and the deploy that ended the failure.
WITH rollbacks AS (
  SELECT
    *,
    COUNTIF(finished_kind_before <> 'rollback') OVER (PARTITION BY app, environment ORDER BY position) AS run
  FROM product_eng.deployment_attempts
  WHERE kind = 'rollback'
),
rollback_runs AS (
  -- Consecutive rollbacks are one recovery.
  SELECT
    app,
    environment,
    run,
    MAX(IF(finished_kind_before <> 'rollback', live_position_before, NULL)) AS failure_position,
    MAX(position) AS recovered_position
  FROM rollbacks
  GROUP BY app, environment, run
),
withdrawn AS (
  -- The change that was live is at fault: nothing says that one below it was.
  SELECT
    rollbacks.app,
    rollbacks.environment,
    rollbacks.live_position_before AS position,
    rollback_runs.failure_position,
    'rollback' AS reason,
    'rollback' AS rule,
    CAST(NULL AS STRING) AS repository,
    CAST(NULL AS INT64) AS pull_request_number,
    CAST(NULL AS STRING) AS commit_sha,
    rollback_runs.recovered_position
  FROM rollbacks
  JOIN rollback_runs
    USING (app, environment, run)
),
first_shipments AS (
  -- A pull request's merge commit stands for the pull request; stacked ones share it.
  SELECT
    shipped.app,
    shipped.environment,
    MIN(shipped.position) AS position,
    MIN(shipped.deployed_at) AS deployed_at,
    shipped.commit_sha,
    pull.repository,
    pull.number
  FROM product_eng.shipped_commits AS shipped
  LEFT JOIN product_eng.pull_requests AS pull
    ON pull.merge_commit_sha = shipped.commit_sha
  GROUP BY shipped.app, shipped.environment, shipped.commit_sha, pull.repository, pull.number
),
reverted AS (
  SELECT reverts.*, 'reverts_pull_request' AS rule, target.app, target.environment, target.position, target.deployed_at
  FROM product_eng.reverts AS reverts
  JOIN first_shipments AS target
    ON target.repository = reverts.repository AND target.number = reverts.reverts_pull_request
  UNION ALL
  SELECT reverts.*, 'reverts_commit' AS rule, target.app, target.environment, target.position, target.deployed_at
  FROM product_eng.reverts AS reverts
  JOIN first_shipments AS target
    -- A message may have a shortened sha: git's shortest has 7 digits.
    ON SUBSTR(target.commit_sha, 1, 7) = SUBSTR(reverts.reverts_commit, 1, 7)
    AND STARTS_WITH(target.commit_sha, reverts.reverts_commit)
    AND (target.repository IS NULL OR target.repository = reverts.repository)
  WHERE reverts.reverts_pull_request IS NULL
),
taken_back AS (
  SELECT
    reverted.app,
    reverted.environment,
    reverted.position,
    reverted.position AS failure_position,
    'revert' AS reason,
    reverted.rule,
    reverted.repository,
    reverted.pull_request_number,
    reverted.commit_sha,
    shipped.position AS recovered_position
  FROM reverted
  CROSS JOIN product_eng.organization AS settings
  LEFT JOIN first_shipments AS shipped
    ON shipped.app = reverted.app
    AND shipped.environment = reverted.environment
    AND shipped.commit_sha = reverted.commit_sha
    AND IFNULL(shipped.number, 0) = IFNULL(reverted.pull_request_number, 0)
  -- Users never saw a part that its own deploy took back, and a part that is taken back long after is a decision.
  WHERE IFNULL(shipped.position > reverted.position, reverted.reverted_at > reverted.deployed_at)
    AND TIMESTAMP_DIFF(reverted.reverted_at, reverted.deployed_at, SECOND) <= settings.revert_window_hours * 3600
),
hotfixes AS (
  SELECT
    shipped.app,
    shipped.environment,
    shipped.position,
    CASE
      WHEN REGEXP_CONTAINS(pull.labels, settings.hotfix_label_pattern) THEN 'label'
      WHEN REGEXP_CONTAINS(pull.title, settings.hotfix_title_pattern) THEN 'title'
      WHEN REGEXP_CONTAINS(pull.head_branch, settings.hotfix_branch_pattern) THEN 'branch'
    END AS rule,
    pull.repository,
    pull.number AS pull_request_number,
    shipped.commit_sha
  FROM first_shipments AS shipped
  CROSS JOIN product_eng.organization AS settings
  JOIN product_eng.pull_requests AS pull
    ON pull.repository = shipped.repository AND pull.number = shipped.number
  UNION ALL
  SELECT
    shipped.app,
    shipped.environment,
    shipped.position,
    IF(REGEXP_CONTAINS(pushed.title, settings.hotfix_title_pattern), 'title', NULL) AS rule,
    pushed.repository,
    CAST(NULL AS INT64) AS pull_request_number,
    shipped.commit_sha
  FROM first_shipments AS shipped
  CROSS JOIN product_eng.organization AS settings
  JOIN product_eng.main_commit_facts AS pushed
    ON pushed.sha = shipped.commit_sha AND pushed.is_listed
  WHERE shipped.number IS NULL
  UNION ALL
  SELECT
    attempt.app,
    attempt.environment,
    attempt.position,
    IF(REGEXP_CONTAINS(attempt.ref, settings.hotfix_branch_pattern), 'ref', NULL) AS rule,
    CAST(NULL AS STRING) AS repository,
    CAST(NULL AS INT64) AS pull_request_number,
    attempt.sha AS commit_sha
  FROM product_eng.deployment_attempts AS attempt
  CROSS JOIN product_eng.organization AS settings
),
mended AS (
  -- A hotfix mends the change that went live before it: nothing says that an earlier one was at fault.
  SELECT
    attempt.app,
    attempt.environment,
    attempt.change_position_before AS position,
    attempt.change_position_before AS failure_position,
    'hotfix' AS reason,
    hotfixes.rule,
    hotfixes.repository,
    hotfixes.pull_request_number,
    hotfixes.commit_sha,
    attempt.position AS recovered_position
  FROM hotfixes
  JOIN product_eng.deployment_attempts AS attempt
    USING (app, environment, position)
  WHERE hotfixes.rule IS NOT NULL AND attempt.kind = 'change' AND attempt.change_position_before IS NOT NULL
),
incidents AS (
  -- An incident that is linked to a later deploy of a change is charged to the change.
  SELECT
    attempt.app,
    attempt.environment,
    attempt.change_position AS position,
    attempt.change_position AS failure_position,
    'incident' AS reason,
    incident.link_reason AS rule,
    CAST(NULL AS STRING) AS repository,
    CAST(NULL AS INT64) AS pull_request_number,
    CAST(NULL AS STRING) AS commit_sha,
    CAST(NULL AS INT64) AS recovered_position,
    CONCAT(incident.source, ' ', incident.id) AS incident,
    incident.resolved_at
  FROM product_eng.incidents AS incident
  JOIN product_eng.deployment_attempts AS attempt
    ON attempt.app = incident.deployment_app
    AND attempt.environment = incident.deployment_environment
    -- GitHub does not count deployments: their ids are the numbers.
    AND attempt.number = COALESCE(incident.deployment_number, SAFE_CAST(incident.deployment_id AS INT64))
  WHERE incident.is_linked AND attempt.status = 'finished' AND attempt.change_position IS NOT NULL
),
signs AS (
  SELECT *, CAST(NULL AS STRING) AS incident, CAST(NULL AS TIMESTAMP) AS resolved_at FROM withdrawn
  UNION ALL
  SELECT *, CAST(NULL AS STRING) AS incident, CAST(NULL AS TIMESTAMP) AS resolved_at FROM taken_back
  UNION ALL
  SELECT *, CAST(NULL AS STRING) AS incident, CAST(NULL AS TIMESTAMP) AS resolved_at FROM mended
  UNION ALL
  SELECT * FROM incidents
)
SELECT
  signs.app,
  signs.environment,
  signs.position,
  change.number AS change_number,
  signs.reason,
  signs.rule,
  signs.repository,
  signs.pull_request_number,
  signs.commit_sha,
  signs.failure_position,
  change.ended_at AS failed_at,
  signs.recovered_position,
  recovery.number AS recovered_number,
  COALESCE(recovery.ended_at, signs.resolved_at) AS recovered_at,
  -- The first of a change's signs, by the end of the failure, is its reason.
  ROW_NUMBER() OVER (
    PARTITION BY signs.app, signs.environment, signs.position
    ORDER BY
      COALESCE(recovery.ended_at, signs.resolved_at) IS NULL,
      COALESCE(recovery.ended_at, signs.resolved_at),
      CASE signs.reason WHEN 'rollback' THEN 1 WHEN 'revert' THEN 2 WHEN 'hotfix' THEN 3 ELSE 4 END,
      signs.rule,
      signs.pull_request_number,
      signs.commit_sha,
      signs.incident
  ) = 1 AS is_reason,
  signs.incident
FROM signs
JOIN product_eng.deployment_attempts AS change
  ON change.app = signs.app AND change.environment = signs.environment AND change.position = signs.position
LEFT JOIN product_eng.deployment_attempts AS recovery
  ON recovery.app = signs.app AND recovery.environment = signs.environment AND recovery.position = signs.recovered_position
