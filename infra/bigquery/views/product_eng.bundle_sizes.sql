-- The size of every asset in every reported build: one row per commit, entry point, file and environment, from the latest report.
WITH reports AS (
  SELECT
    pull_request_number,
    commit,
    entrypoint,
    file,
    environment,
    node_env,
    size_bytes,
    reported_at,
    received_at,
    -- CI may report a build file by file, and again after a rerun: the first report dates the build.
    MIN(reported_at) OVER (PARTITION BY pull_request_number, commit, environment, node_env) AS built_at
  FROM product_eng.asset_facts
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
  reported_at,
  -- app.3f2a9c1b.js and app-3f2a9c1b.js are one asset in every build.
  REGEXP_REPLACE(file, r'([.-])[0-9a-f]{8,64}(\.[.a-z0-9]+)$', r'\1[hash]\2') AS asset
FROM reports
WHERE TRUE
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY pull_request_number, commit, entrypoint, file, environment, node_env
    ORDER BY reported_at DESC, received_at DESC, size_bytes
  ) = 1
