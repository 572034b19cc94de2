-- Every reported number.
SELECT event_id, position, name, value, unit, measured_at
FROM product_eng.measurement_facts
