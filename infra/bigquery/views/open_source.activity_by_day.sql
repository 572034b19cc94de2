-- Issues and pull requests opened, closed and merged per repository, type of actor and day. Days without activity have no row.
WITH activity AS (
  SELECT
    repository,
    IF(type = 'issues', 'issue', 'pull_request') AS kind,
    user_type,
    action,
    username,
    DATE(happened_at, (SELECT time_zone FROM product_eng.organization)) AS day
  FROM open_source.activity_facts
  WHERE action IN ('opened', 'closed', 'merged', 'reopened')
)
SELECT
  repository,
  kind,
  user_type,
  day,
  COUNTIF(action = 'opened') AS opened,
  COUNTIF(action = 'closed') AS closed,
  COUNTIF(action = 'merged') AS merged,
  COUNTIF(action = 'reopened') AS reopened,
  COUNT(DISTINCT username) AS people
FROM activity
GROUP BY repository, kind, user_type, day
