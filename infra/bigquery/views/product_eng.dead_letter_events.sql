-- Messages in the dead-letter topic: the event, the subscription that gave it up, and the number of attempts. An event that several
-- subscriptions gave up has a row for each.
SELECT
  message_id,
  publish_time AS dead_lettered_at,
  JSON_VALUE(attributes, '$.CloudPubSubDeadLetterSourceSubscription') AS subscription,
  CAST(JSON_VALUE(attributes, '$.CloudPubSubDeadLetterSourceDeliveryCount') AS INT64) AS delivery_attempts,
  JSON_VALUE(attributes, '$."ce-id"') AS event_id,
  JSON_VALUE(attributes, '$."ce-source"') AS source,
  JSON_VALUE(attributes, '$."ce-type"') AS type,
  JSON_VALUE(attributes, '$."ce-subject"') AS subject,
  SAFE_CAST(JSON_VALUE(attributes, '$."ce-time"') AS TIMESTAMP) AS time
FROM product_eng.dead_letters_deduplicated
