-- What people do on issues and pull requests, each event once: deliveries are at-least-once, and so are rows.
SELECT *
FROM open_source.github_events
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
