-- Activity on issues and pull requests, each event once. Deliveries and inserts are at-least-once.
SELECT *
FROM open_source.github_events
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
