# A push subscription of a topic to a function. Its filter passes only the events that the function handles; its dead-letter policy keeps
# events that never succeed.

variable "name" {
  type = string
}

variable "topic" {
  type = object({ id = string, name = string })
}

variable "filter" {
  description = "https://cloud.google.com/pubsub/docs/subscription-message-filter; null passes everything."
  type        = string
  default     = null
}

variable "project" {
  type = string
}

variable "function_uri" {
  type = string
}

variable "push_account" {
  description = "E-mail address of the service account of the pushes."
  type        = string
}

variable "policy" {
  description = "infra/manifests/cloud-policy.json"
  type = object({
    minimumBackoffSeconds = number
    maximumBackoffSeconds = number
    maxDeliveryAttempts   = number
    ackDeadlineSeconds    = number
  })
}

variable "dead_letter_topic" {
  description = "Id of the dead-letter topic."
  type        = string
}

variable "pubsub_agent" {
  description = "Pub/Sub's service agent: it acknowledges dead letters in the subscription."
  type        = string
}

variable "retention" {
  type = string
}

locals {
  # Pub/Sub cannot change a filter. The new subscription has a name of its own, so that it exists before the old one is deleted:
  # no event is published while there is none. `npm run deploy` seeks it back, for the events that the old one had not delivered.
  name = var.filter == null ? var.name : "${var.name}-${substr(sha256(var.filter), 0, 8)}"
}

resource "google_pubsub_subscription" "subscription" {
  name                       = local.name
  topic                      = var.topic.id
  filter                     = var.filter
  ack_deadline_seconds       = var.policy.ackDeadlineSeconds
  message_retention_duration = var.retention
  labels                     = { suite = "ci-tooling" }

  push_config {
    # The Functions Framework reads the topic's name from the path.
    push_endpoint = "${var.function_uri}/projects/${var.project}/topics/${var.topic.name}"

    oidc_token {
      service_account_email = var.push_account
      audience              = var.function_uri
    }
  }

  retry_policy {
    minimum_backoff = "${var.policy.minimumBackoffSeconds}s"
    maximum_backoff = "${var.policy.maximumBackoffSeconds}s"
  }

  dead_letter_policy {
    dead_letter_topic     = var.dead_letter_topic
    max_delivery_attempts = var.policy.maxDeliveryAttempts
  }

  # Never expires: by default Google deletes a subscription without deliveries for 31 days.
  expiration_policy {
    ttl = ""
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_pubsub_subscription_iam_member" "pubsub_agent" {
  subscription = google_pubsub_subscription.subscription.name
  role         = "roles/pubsub.subscriber"
  member       = var.pubsub_agent

  # A deleted subscription takes its policy with it. Without this right Pub/Sub forwards no dead letters.
  lifecycle {
    replace_triggered_by = [google_pubsub_subscription.subscription.id]
  }
}

output "name" {
  value = google_pubsub_subscription.subscription.name
}
