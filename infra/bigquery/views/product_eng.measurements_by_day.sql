-- Reported measurements per name, unit and UTC day of measuring. Days without one have no row.
WITH percentiles AS (
  SELECT
    DATE(measured_at) AS day,
    name,
    unit,
    value,
    PERCENTILE_CONT(value, 0.5) OVER (PARTITION BY name, unit, DATE(measured_at)) AS value_p50,
    PERCENTILE_CONT(value, 0.9) OVER (PARTITION BY name, unit, DATE(measured_at)) AS value_p90
  FROM product_eng.measurement_facts
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
