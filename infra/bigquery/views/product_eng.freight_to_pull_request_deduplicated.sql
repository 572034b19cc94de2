-- Pull requests of Freight's deploys, and commits without one, once for each deploy.
SELECT deployment_number AS deploy_id, pull_request_number, commit_sha, authored_at, event_id, received_at
FROM product_eng.deployment_changes_deduplicated
WHERE source = 'freight'
