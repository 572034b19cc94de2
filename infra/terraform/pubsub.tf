resource "google_pubsub_topic" "topic" {
  for_each = toset(module.manifests.topics)

  name                       = each.value
  message_retention_duration = var.message_retention
  labels                     = { suite = "ci-tooling", source = trimsuffix(each.value, "-events") }

  depends_on = [google_project_service.service]

  # The events of seven days, which no apply may delete. docs/runbook.md says how to remove one.
  lifecycle {
    prevent_destroy = true
  }
}

# Account of the pushes: it may invoke the subscribers and has no other right.
resource "google_service_account" "push" {
  account_id   = "pubsub-push"
  display_name = "Pub/Sub's pushes to subscribers"

  depends_on = [google_project_service.service]
}

# Pub/Sub creates the pushes' tokens for this account.
resource "google_service_account_iam_member" "push_tokens" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

module "subscription" {
  source   = "./modules/subscription"
  for_each = { for name, subscription in module.manifests.subscriptions : name => subscription if local.released }

  name              = each.key
  topic             = { id = each.value.topic == google_pubsub_topic.replay.name ? google_pubsub_topic.replay.id : google_pubsub_topic.topic[each.value.topic].id, name = each.value.topic }
  filter            = each.value.filter
  project           = var.project
  function_uri      = module.subscriber[each.value.function].uri
  push_account      = google_service_account.push.email
  policy            = module.manifests.policy
  dead_letter_topic = google_pubsub_topic.dead_letter.id
  pubsub_agent      = local.pubsub_agent
  retention         = var.message_retention

  depends_on = [google_service_account_iam_member.push_tokens]
}

# --- Dead letters ---

resource "google_pubsub_topic" "dead_letter" {
  name                       = "dead-letter"
  message_retention_duration = var.message_retention
  labels                     = { suite = "ci-tooling" }

  depends_on = [google_project_service.service]
}

resource "google_pubsub_topic_iam_member" "dead_letter_publisher" {
  topic  = google_pubsub_topic.dead_letter.name
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

# `npm run dead-letters -- --replay` publishes a dead letter here, for the subscriber that gave up, and so does the console for an operator. No
# other function may publish to it.
resource "google_pubsub_topic" "replay" {
  name                       = "replay"
  message_retention_duration = var.message_retention
  labels                     = { suite = "ci-tooling" }

  depends_on = [google_project_service.service]
}

# For inspection and replay: docs/runbook.md.
resource "google_pubsub_subscription" "dead_letter" {
  name                       = "dead-letter"
  topic                      = google_pubsub_topic.dead_letter.id
  message_retention_duration = var.message_retention
  ack_deadline_seconds       = 60
  labels                     = { suite = "ci-tooling" }

  expiration_policy {
    ttl = ""
  }
}

# For queries, which still find a message after its replay. Pub/Sub tries the right to the table when the subscription is created, and
# a right takes minutes to be effective: the subscription waits for the first release, before which there are no dead letters.
resource "google_pubsub_subscription" "dead_letter_rows" {
  for_each = { for name in keys(module.manifests.tables) : name => split(".", name) if local.released && endswith(name, ".dead_letters") }

  name                       = "dead-letter-to-bigquery"
  topic                      = google_pubsub_topic.dead_letter.id
  message_retention_duration = var.message_retention
  labels                     = { suite = "ci-tooling" }

  bigquery_config {
    table          = "${var.project}.${module.dataset[each.value[0]].id}.${module.dataset[each.value[0]].tables[each.value[1]]}"
    write_metadata = true
  }

  expiration_policy {
    ttl = ""
  }

  depends_on = [google_bigquery_table_iam_member.dead_letter_writer]
}

resource "google_bigquery_table_iam_member" "dead_letter_writer" {
  for_each = { for name in keys(module.manifests.tables) : name => split(".", name) if endswith(name, ".dead_letters") }

  dataset_id = module.dataset[each.value[0]].id
  table_id   = module.dataset[each.value[0]].tables[each.value[1]]
  role       = "roles/bigquery.dataEditor"
  member     = local.pubsub_agent
}
