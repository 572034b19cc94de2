-- How every pull request changes the size of every asset: the build of its latest commit compared to the base branch's latest build
-- at that time.
WITH sizes AS (
  SELECT
    *,
    IFNULL(environment, '') AS environment_key,
    IFNULL(node_env, '') AS node_env_key
  FROM product_eng.bundle_sizes
),
pull_request_builds AS (
  SELECT pull_request_number, commit, environment_key, node_env_key, built_at
  FROM (
    SELECT pull_request_number, commit, environment_key, node_env_key, MIN(built_at) AS built_at
    FROM sizes
    WHERE pull_request_number IS NOT NULL
    GROUP BY pull_request_number, commit, environment_key, node_env_key
  )
  WHERE TRUE
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY pull_request_number, environment_key, node_env_key ORDER BY built_at DESC, commit
    ) = 1
),
base_builds AS (
  SELECT commit, environment_key, node_env_key, MIN(built_at) AS built_at
  FROM sizes
  WHERE pull_request_number IS NULL
  GROUP BY commit, environment_key, node_env_key
),
pairs AS (
  SELECT
    build.pull_request_number,
    build.commit,
    build.environment_key,
    build.node_env_key,
    build.built_at,
    base.commit AS base_commit
  FROM pull_request_builds AS build
  JOIN base_builds AS base
    ON base.environment_key = build.environment_key
    AND base.node_env_key = build.node_env_key
    AND base.built_at <= build.built_at
  WHERE TRUE
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY build.pull_request_number, build.environment_key, build.node_env_key
      ORDER BY base.built_at DESC, base.commit
    ) = 1
),
assets AS (
  SELECT pairs.*, size.entrypoint, size.file, size.size_bytes, CAST(NULL AS INT64) AS base_size_bytes
  FROM pairs
  JOIN sizes AS size
    ON size.pull_request_number = pairs.pull_request_number
    AND size.commit = pairs.commit
    AND size.environment_key = pairs.environment_key
    AND size.node_env_key = pairs.node_env_key
  UNION ALL
  SELECT pairs.*, size.entrypoint, size.file, CAST(NULL AS INT64) AS size_bytes, size.size_bytes AS base_size_bytes
  FROM pairs
  JOIN sizes AS size
    ON size.commit = pairs.base_commit
    AND size.environment_key = pairs.environment_key
    AND size.node_env_key = pairs.node_env_key
  WHERE size.pull_request_number IS NULL
),
compared AS (
  SELECT
    pull_request_number,
    commit,
    base_commit,
    entrypoint,
    file,
    NULLIF(environment_key, '') AS environment,
    NULLIF(node_env_key, '') AS node_env,
    built_at,
    MAX(size_bytes) AS size_bytes,
    MAX(base_size_bytes) AS base_size_bytes
  FROM assets
  GROUP BY pull_request_number, commit, base_commit, entrypoint, file, environment, node_env, built_at
)
SELECT
  *,
  IFNULL(size_bytes, 0) - IFNULL(base_size_bytes, 0) AS difference_bytes,
  CASE
    WHEN base_size_bytes IS NULL THEN 'added'
    WHEN size_bytes IS NULL THEN 'removed'
    WHEN size_bytes = base_size_bytes THEN 'unchanged'
    ELSE 'changed'
  END AS change
FROM compared
