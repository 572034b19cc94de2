-- GitHub's list prices of runners in USD per minute, by a pattern of a job's labels; the first that matches counts. From
-- https://docs.github.com/en/billing/reference/actions-runner-pricing, read in November 2026. Self-hosted runners are not billed.
SELECT priority, label_pattern, runner, usd_per_minute, is_standard
FROM UNNEST([
  STRUCT(1 AS priority, r'(^|, )self-hosted(, |$)' AS label_pattern, 'self-hosted' AS runner, 0.0 AS usd_per_minute, FALSE AS is_standard),
  STRUCT(2, r'^ubuntu-slim$', 'linux 1-core', 0.002, TRUE),
  STRUCT(3, r'^ubuntu-[0-9.]+-arm$', 'linux 2-core arm', 0.005, TRUE),
  STRUCT(4, r'^ubuntu-(latest|[0-9.]+)$', 'linux 2-core', 0.006, TRUE),
  STRUCT(5, r'^windows-[0-9]+-arm$', 'windows 2-core arm', 0.008, TRUE),
  STRUCT(6, r'^windows-(latest|[0-9]+)$', 'windows 2-core', 0.010, TRUE),
  STRUCT(7, r'^macos-(latest|[0-9]+)(-intel)?$', 'macos', 0.062, TRUE),
  STRUCT(8, r'^macos-.*-xlarge$', 'macos 5-core', 0.102, FALSE),
  STRUCT(9, r'^macos-.*-large$', 'macos 12-core', 0.077, FALSE),
  STRUCT(10, r'(?i)(ubuntu|linux).*arm.*\b4-?cores?\b', 'linux 4-core arm', 0.008, FALSE),
  STRUCT(11, r'(?i)(ubuntu|linux).*arm.*\b8-?cores?\b', 'linux 8-core arm', 0.014, FALSE),
  STRUCT(12, r'(?i)(ubuntu|linux).*arm.*\b16-?cores?\b', 'linux 16-core arm', 0.026, FALSE),
  STRUCT(13, r'(?i)(ubuntu|linux).*arm.*\b32-?cores?\b', 'linux 32-core arm', 0.050, FALSE),
  STRUCT(14, r'(?i)(ubuntu|linux).*arm.*\b64-?cores?\b', 'linux 64-core arm', 0.098, FALSE),
  STRUCT(15, r'(?i)(ubuntu|linux).*\b4-?cores?\b', 'linux 4-core', 0.012, FALSE),
  STRUCT(16, r'(?i)(ubuntu|linux).*\b8-?cores?\b', 'linux 8-core', 0.022, FALSE),
  STRUCT(17, r'(?i)(ubuntu|linux).*\b16-?cores?\b', 'linux 16-core', 0.042, FALSE),
  STRUCT(18, r'(?i)(ubuntu|linux).*\b32-?cores?\b', 'linux 32-core', 0.082, FALSE),
  STRUCT(19, r'(?i)(ubuntu|linux).*\b64-?cores?\b', 'linux 64-core', 0.162, FALSE),
  STRUCT(20, r'(?i)(ubuntu|linux).*\b96-?cores?\b', 'linux 96-core', 0.252, FALSE),
  STRUCT(21, r'(?i)windows.*\b4-?cores?\b', 'windows 4-core', 0.022, FALSE),
  STRUCT(22, r'(?i)windows.*\b8-?cores?\b', 'windows 8-core', 0.042, FALSE),
  STRUCT(23, r'(?i)windows.*\b16-?cores?\b', 'windows 16-core', 0.082, FALSE),
  STRUCT(24, r'(?i)windows.*\b32-?cores?\b', 'windows 32-core', 0.162, FALSE)
])
