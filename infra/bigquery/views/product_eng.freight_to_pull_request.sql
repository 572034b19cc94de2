-- Pull requests of Freight's deploys, and commits without one: the columns of the table that `deployment_changes` replaced.
SELECT deployment_number AS deploy_id, pull_request_number, commit_sha, authored_at, event_id, received_at
FROM product_eng.shipment_facts
WHERE source = 'freight'
