import type { Fact } from "./define-fact.ts";

/** A row of each event is written once: repetitions are equal. */
const ONCE = { wins: "earliest", by: ["received_at"] } as const;

/** Notifications of deployments by any source, each event once. The view `deploys` has the latest status of each deployment. */
const deploys: Fact = {
  table: "product_eng.deploy_facts",
  key: ["event_id"],
  state: {
    wins: "latest",
    by: ["received_at"],
    columns: [
      ...[
        "source",
        "time",
        "app",
        "environment",
        "number",
        "status",
        "deployer",
        "ref",
        "sha",
        "previous_sha",
      ],
      ...["link", "created_at", "started_at", "finished_at"],
    ],
  },
  any: ["is_production"],
  select: (received) => `SELECT
  event_id,
  received_at,
  source,
  time,
  JSON_VALUE(deployment, '$.app') AS app,
  JSON_VALUE(deployment, '$.environment') AS environment,
  -- GitHub does not count deployments; its ids grow.
  COALESCE(
    CAST(JSON_VALUE(deployment, '$.number') AS INT64),
    SAFE_CAST(JSON_VALUE(deployment, '$.id') AS INT64)
  ) AS number,
  JSON_VALUE(deployment, '$.status') AS status,
  COALESCE(JSON_VALUE(deployment, '$.actor'), actor) AS deployer,
  JSON_VALUE(deployment, '$.ref') AS ref,
  JSON_VALUE(deployment, '$.sha') AS sha,
  JSON_VALUE(deployment, '$.previousSha') AS previous_sha,
  JSON_VALUE(deployment, '$.link') AS link,
  TIMESTAMP(JSON_VALUE(deployment, '$.createdAt')) AS created_at,
  TIMESTAMP(JSON_VALUE(deployment, '$.startedAt')) AS started_at,
  TIMESTAMP(JSON_VALUE(deployment, '$.finishedAt')) AS finished_at,
  FALSE AS is_production
FROM (
  -- Events of earlier releases have the fields of Freight's deploys only.
  SELECT event_id, received_at, source, time, actor, COALESCE(JSON_QUERY(event, '$.deployment'), event) AS deployment
  FROM product_eng.events
  WHERE ${received("received_at")} AND (source = 'freight' OR JSON_VALUE(event, '$.deployment.status') IS NOT NULL)
) AS notification
UNION ALL
-- The functions' configuration names the production environment; they write metrics of that one only.
SELECT
  event_id,
  TIMESTAMP '1970-01-01 00:00:00' AS received_at,
  source,
  CAST(NULL AS TIMESTAMP) AS time,
  CAST(NULL AS STRING) AS app,
  CAST(NULL AS STRING) AS environment,
  CAST(NULL AS INT64) AS number,
  CAST(NULL AS STRING) AS status,
  CAST(NULL AS STRING) AS deployer,
  CAST(NULL AS STRING) AS ref,
  CAST(NULL AS STRING) AS sha,
  CAST(NULL AS STRING) AS previous_sha,
  CAST(NULL AS STRING) AS link,
  CAST(NULL AS TIMESTAMP) AS created_at,
  CAST(NULL AS TIMESTAMP) AS started_at,
  CAST(NULL AS TIMESTAMP) AS finished_at,
  TRUE AS is_production
FROM product_eng.development_metrics
WHERE ${received("received_at")} AND STARTS_WITH(event, 'deploy_')`,
};

/** What each finished deployment to production shipped: pull requests, and commits without one. A tool may report an end more than once. */
const shipments: Fact = {
  table: "product_eng.shipment_facts",
  key: ["source", "app", "environment", "deployment_id", "repository", "commit_sha"],
  nullable: ["deployment_id", "repository"],
  state: {
    wins: "earliest",
    by: ["received_at", "event_id"],
    columns: ["deployment_number", "pull_request_number", "authored_at"],
  },
  select: (received) => `SELECT
  source,
  app,
  environment,
  deployment_id,
  deployment_number,
  repository,
  commit_sha,
  pull_request_number,
  authored_at,
  event_id,
  received_at
FROM product_eng.deployment_changes
WHERE ${received("received_at")}`,
};

const INCIDENT_COLUMNS = [
  ...["service", "title", "severity", "status", "opened_at", "resolved_at", "link", "deployment_source"],
  ...["deployment_app", "deployment_environment", "deployment_id", "deployment_number", "deployment_attempt"],
  ...["deployment_sha", "link_reason", "is_linked", "unlinked_at"],
];

/** Incidents of any source with their last version. */
const incidents: Fact = {
  table: "product_eng.incident_facts",
  key: ["source", "id"],
  state: { wins: "latest", by: ["received_at", "version"], columns: INCIDENT_COLUMNS },
  select: (received) => `SELECT source, id, version, ${INCIDENT_COLUMNS.join(", ")}, received_at
FROM product_eng.incident_states
WHERE ${received("received_at")}`,
};

/** Sizes of assets, each report once. */
const assets: Fact = {
  table: "product_eng.asset_facts",
  key: ["event_id", "pull_request_number", "commit", "file", "entrypoint", "environment", "node_env"],
  nullable: ["pull_request_number", "environment", "node_env"],
  state: { ...ONCE, by: [...ONCE.by], columns: ["size_bytes", "reported_at"] },
  // An equal report has the same id, and the time of its receipt if it gives no other.
  partition: { column: "reported_at", spreadDays: 3 },
  select: (received) => `SELECT
  event_id,
  IF(pull_request_number > 0, pull_request_number, NULL) AS pull_request_number,
  commit,
  file,
  entrypointName AS entrypoint,
  environment,
  node_env,
  size AS size_bytes,
  created_at AS reported_at,
  received_at
FROM product_eng.asset_sizes
WHERE ${received("received_at")}`,
};

/** Steps of the set-up of development environments, each report once. */
const bootstraps: Fact = {
  table: "product_eng.bootstrap_facts",
  key: ["event_id"],
  state: { ...ONCE, by: [...ONCE.by], columns: ["username", "step", "happened_at"] },
  select: (received) => `SELECT
  event_id,
  JSON_VALUE(meta, '$.username') AS username,
  event AS step,
  COALESCE(start_timestamp, end_timestamp) AS happened_at,
  received_at
FROM product_eng.development_metrics
WHERE ${received("received_at")} AND source = 'bootstrap-dev-env'`,
};

/** Numbers that jobs reported, each once. */
const measurements: Fact = {
  table: "product_eng.measurement_facts",
  key: ["event_id", "position"],
  state: {
    ...ONCE,
    by: [...ONCE.by],
    columns: ["name", "value", "unit", "dimensions", "measured_at"],
  },
  // An equal report has the same id, and the time of its receipt if it gives no other.
  partition: { column: "measured_at", spreadDays: 3 },
  select: (received) => `SELECT event_id, position, name, value, unit, dimensions, measured_at, received_at
FROM product_eng.measurements
WHERE ${received("received_at")}`,
};

/** Every event once, without its contents. A backfill receives nothing: it reads what happened long ago. */
const events: Fact = {
  table: "product_eng.event_facts",
  key: ["event_id"],
  state: { ...ONCE, by: [...ONCE.by], columns: ["source", "type", "repository", "time"] },
  // GitHub delivers again for three days.
  partition: { column: "received_at", spreadDays: 3 },
  select: (received) => `SELECT event_id, source, type, repository, time, received_at
FROM product_eng.events
WHERE ${received("received_at")} AND JSON_VALUE(event, '$.origin') IS NULL`,
};

/** Every source with its last event. */
const sources: Fact = {
  table: "product_eng.source_facts",
  key: ["source"],
  state: { wins: "latest", by: ["received_at"], columns: [] },
  select: (received) => `SELECT source, received_at
FROM product_eng.events
WHERE ${received("received_at")} AND JSON_VALUE(event, '$.origin') IS NULL`,
};

/** Attempts in GitHub's log of its deliveries, each once: redeliver reads a part of the log again in every run. */
const deliveryAttempts: Fact = {
  table: "product_eng.delivery_attempt_facts",
  key: ["log", "attempt_id"],
  state: {
    wins: "earliest",
    by: ["delivered_at"],
    columns: ["guid", "event", "repository_id", "status_code", "is_redelivery"],
  },
  partition: { column: "delivered_at", spreadDays: 0 },
  select: (
    received,
  ) => `SELECT log, attempt_id, delivered_at, guid, event, repository_id, status_code, is_redelivery
FROM product_eng.delivery_attempts
WHERE ${received("delivered_at")}`,
};

/** Dead letters, each message once: Pub/Sub writes to BigQuery at least once. */
const deadLetters: Fact = {
  table: "product_eng.dead_letter_facts",
  key: ["message_id"],
  state: {
    wins: "earliest",
    by: ["dead_lettered_at"],
    columns: ["subscription", "delivery_attempts", "event_id", "source", "type", "subject", "time"],
  },
  select: (received) => `SELECT
  message_id,
  publish_time AS dead_lettered_at,
  JSON_VALUE(attributes, '$.CloudPubSubDeadLetterSourceSubscription') AS subscription,
  CAST(JSON_VALUE(attributes, '$.CloudPubSubDeadLetterSourceDeliveryCount') AS INT64) AS delivery_attempts,
  JSON_VALUE(attributes, '$."ce-id"') AS event_id,
  JSON_VALUE(attributes, '$."ce-source"') AS source,
  JSON_VALUE(attributes, '$."ce-type"') AS type,
  JSON_VALUE(attributes, '$."ce-subject"') AS subject,
  SAFE_CAST(JSON_VALUE(attributes, '$."ce-time"') AS TIMESTAMP) AS time
FROM product_eng.dead_letters
WHERE ${received("publish_time")}`,
};

export const deliveryFacts: Fact[] = [
  ...[deploys, shipments, incidents, assets, measurements, bootstraps],
  ...[events, sources, deliveryAttempts, deadLetters],
];
