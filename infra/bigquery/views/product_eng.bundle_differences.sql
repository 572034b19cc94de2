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
feature_commits AS (
  -- CI may report the push of a feature branch without its pull request: that is no build of the base branch.
  SELECT sha
  FROM product_eng.commit_facts
  GROUP BY sha
  HAVING NOT LOGICAL_OR(IFNULL(is_default_branch, FALSE))
),
base_builds AS (
  SELECT sizes.commit, sizes.environment_key, sizes.node_env_key, MIN(sizes.built_at) AS built_at
  FROM sizes
  LEFT JOIN feature_commits AS feature
    ON feature.sha = sizes.commit
  WHERE sizes.pull_request_number IS NULL AND feature.sha IS NULL
  GROUP BY sizes.commit, sizes.environment_key, sizes.node_env_key
),
builds AS (
  SELECT pull_request_number, commit, environment_key, node_env_key, built_at
  FROM pull_request_builds
  UNION ALL
  SELECT CAST(NULL AS INT64) AS pull_request_number, commit, environment_key, node_env_key, built_at
  FROM base_builds
),
pairs AS (
  SELECT pull_request_number, commit, environment_key, node_env_key, built_at, base_commit
  FROM (
    SELECT
      *,
      -- In one pass over the builds: a join of all pairs grows with the square of their number.
      LAST_VALUE(IF(pull_request_number IS NULL, commit, NULL) IGNORE NULLS) OVER (
        PARTITION BY environment_key, node_env_key
        ORDER BY built_at, pull_request_number IS NOT NULL, commit DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS base_commit
    FROM builds
  )
  WHERE pull_request_number IS NOT NULL AND base_commit IS NOT NULL
),
assets AS (
  SELECT pairs.*, size.entrypoint, size.asset AS file, size.size_bytes, CAST(NULL AS INT64) AS base_size_bytes
  FROM pairs
  JOIN sizes AS size
    ON size.pull_request_number = pairs.pull_request_number
    AND size.commit = pairs.commit
    AND size.environment_key = pairs.environment_key
    AND size.node_env_key = pairs.node_env_key
  UNION ALL
  SELECT pairs.*, size.entrypoint, size.asset AS file, CAST(NULL AS INT64) AS size_bytes, size.size_bytes AS base_size_bytes
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
    -- Files that differ in their hashes alone are one asset.
    SUM(size_bytes) AS size_bytes,
    SUM(base_size_bytes) AS base_size_bytes
  FROM assets
  GROUP BY pull_request_number, commit, base_commit, entrypoint, file, environment, node_env, built_at
)
SELECT
  compared.*,
  IFNULL(compared.size_bytes, 0) - IFNULL(compared.base_size_bytes, 0) AS difference_bytes,
  CASE
    WHEN compared.base_size_bytes IS NULL THEN 'added'
    WHEN compared.size_bytes IS NULL THEN 'removed'
    WHEN compared.size_bytes = compared.base_size_bytes THEN 'unchanged'
    ELSE 'changed'
  END AS change,
  -- A report names no repository: the built commit says which pull request of that number it is.
  merged.head_sha IS NOT NULL AS is_merged,
  ROW_NUMBER() OVER (
    PARTITION BY compared.pull_request_number, compared.file, compared.environment, compared.node_env
    ORDER BY compared.entrypoint
  ) = 1 AS is_first_entrypoint
FROM compared
LEFT JOIN (
  SELECT number, head_sha
  FROM product_eng.pull_requests
  WHERE merged_at IS NOT NULL AND head_sha IS NOT NULL
  GROUP BY number, head_sha
) AS merged
  ON merged.number = compared.pull_request_number AND merged.head_sha = compared.commit
