-- Messages in the dead-letter topic: the event, the subscription that gave it up, and the number of attempts. An event that several
-- subscriptions gave up has a row for each.
SELECT
  message_id,
  dead_lettered_at,
  subscription,
  delivery_attempts,
  event_id,
  source,
  type,
  subject,
  time
FROM product_eng.dead_letter_facts
