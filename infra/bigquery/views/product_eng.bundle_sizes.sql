-- The size of every asset in every build that was reported: one row per commit, entry point, file and environment, the latest report
-- of each.
WITH reports AS (
  SELECT
    IF(pull_request_number > 0, pull_request_number, NULL) AS pull_request_number,
    commit,
    entrypointName AS entrypoint,
    file,
    environment,
    node_env,
    size AS size_bytes,
    created_at AS reported_at,
    received_at,
    event_id,
    -- A commit's build may be reported file by file, and again when CI runs again: it is dated by its first report.
    MIN(created_at) OVER (PARTITION BY pull_request_number, commit, environment, node_env) AS built_at
  FROM product_eng.asset_sizes_deduplicated
)
SELECT
  pull_request_number,
  commit,
  entrypoint,
  file,
  environment,
  node_env,
  size_bytes,
  built_at,
  reported_at
FROM reports
WHERE TRUE
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY pull_request_number, commit, entrypoint, file, environment, node_env
    ORDER BY reported_at DESC, received_at DESC, event_id
  ) = 1
