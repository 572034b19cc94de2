-- Reported measurements per name, unit and day of measuring in the organization's time zone. Days without one have no row.
WITH measured AS (
  SELECT DATE(fact.measured_at, settings.time_zone) AS day, fact.name, fact.unit, fact.value
  FROM product_eng.measurement_facts AS fact
  CROSS JOIN product_eng.organization AS settings
),
percentiles AS (
  SELECT
    day,
    name,
    unit,
    value,
    PERCENTILE_CONT(value, 0.5) OVER (PARTITION BY name, unit, day) AS value_p50,
    PERCENTILE_CONT(value, 0.9) OVER (PARTITION BY name, unit, day) AS value_p90
  FROM measured
)
SELECT
  day,
  name,
  unit,
  COUNT(*) AS measurements,
  MIN(value) AS value_min,
  AVG(value) AS value_average,
  MIN(value_p50) AS value_p50,
  MIN(value_p90) AS value_p90,
  MAX(value) AS value_max,
  SUM(value) AS value_total
FROM percentiles
GROUP BY day, name, unit
