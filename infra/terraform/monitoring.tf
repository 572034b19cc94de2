# Alerts; docs/runbook.md has the steps for each. Google's metrics:
# https://cloud.google.com/monitoring/api/metrics_gcp

resource "google_monitoring_notification_channel" "email" {
  for_each = toset(var.alert_emails)

  display_name = each.value
  type         = "email"
  labels       = { email_address = each.value }

  depends_on = [google_project_service.service]
}

locals {
  runbook  = "See docs/runbook.md#"
  channels = [for channel in google_monitoring_notification_channel.email : channel.id]
  # `a|b`, for filters with monitoring.regex.full_match
  source_names = join("|", keys(module.manifests.sources))
}

resource "google_monitoring_alert_policy" "dead_letters" {
  display_name          = "ci-tooling: dead letters"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "A subscriber gave up on an event"

    condition_threshold {
      filter          = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.dead_letter.name}\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = "${local.runbook}dead-letters"
  }
}

# One is enough: GitHub and Freight do not send a delivery again. Cloud Run responds with 429 when no instance is free,
# https://cloud.google.com/run/docs/troubleshooting#no-available-instance
resource "google_monitoring_alert_policy" "source_errors" {
  display_name          = "ci-tooling: a source lost a delivery"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "A delivery had response status 5xx or 429"

    condition_threshold {
      filter          = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = monitoring.regex.full_match(\"${local.source_names}\") AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code = monitoring.regex.full_match(\"5..|429\")"
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.service_name"]
      }
    }
  }

  documentation {
    content = "${local.runbook}a-source-lost-a-delivery"
  }
}

resource "google_monitoring_alert_policy" "backlog" {
  display_name          = "ci-tooling: events wait"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "The oldest unacknowledged event of a subscription is older than 15 minutes"

    condition_threshold {
      filter          = "resource.type = \"pubsub_subscription\" AND metadata.user_labels.suite = \"ci-tooling\" AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      comparison      = "COMPARISON_GT"
      threshold_value = 900
      duration        = "300s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_MAX"
        cross_series_reducer = "REDUCE_MAX"
        group_by_fields      = ["resource.label.subscription_id"]
      }
    }
  }

  documentation {
    content = "${local.runbook}events-wait"
  }
}

resource "google_monitoring_alert_policy" "silence" {
  for_each = toset(var.silent_sources)

  display_name          = "ci-tooling: ${each.value} is silent"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "No event was published for 23.5 hours"

    condition_absent {
      filter = "resource.type = \"pubsub_topic\" AND resource.labels.topic_id = \"${google_pubsub_topic.topic["${each.value}-events"].name}\" AND metric.type = \"pubsub.googleapis.com/topic/send_message_operation_count\""
      # 23.5 hours is the longest duration that Cloud Monitoring accepts.
      duration = "84600s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "${local.runbook}a-source-is-silent"
  }
}

# Deliveries with a wrong signature: a few are noise, many mean that sender and function have different secrets.
resource "google_logging_metric" "unauthorized" {
  name        = "ci-tooling/unauthorized"
  description = "Deliveries with response status 401, by source"
  filter      = "resource.type=\"cloud_run_revision\" AND jsonPayload.status=401"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"

    labels {
      key         = "source"
      value_type  = "STRING"
      description = "Function"
    }
  }

  label_extractors = { source = "EXTRACT(resource.labels.service_name)" }

  depends_on = [google_project_service.service]
}

# Every failed attempt, including those that Pub/Sub retries.
resource "google_logging_metric" "failed_attempts" {
  name        = "ci-tooling/failed_attempts"
  description = "Failed attempts, by subscriber"
  filter      = "resource.type=\"cloud_run_revision\" AND severity=ERROR AND jsonPayload.subscriber:*"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"

    labels {
      key         = "subscriber"
      value_type  = "STRING"
      description = "Function"
    }
  }

  label_extractors = { subscriber = "EXTRACT(jsonPayload.subscriber)" }

  depends_on = [google_project_service.service]
}

# Cloud Monitoring refuses an alert on a log metric that is younger than some minutes: this one waits for the first release, before
# which there are no deliveries.
resource "google_monitoring_alert_policy" "unauthorized" {
  count = local.released ? 1 : 0

  display_name          = "ci-tooling: signatures do not match"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "More than twenty deliveries in ten minutes had response status 401"

    condition_threshold {
      filter          = "resource.type = \"cloud_run_revision\" AND metric.type = \"logging.googleapis.com/user/${google_logging_metric.unauthorized.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 20
      duration        = "0s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["metric.label.source"]
      }
    }
  }

  documentation {
    content = "${local.runbook}signatures-do-not-match"
  }
}

locals {
  # Title, filter, aligner of each series, reducer across series, and labels to group by.
  charts = [
    ["Deliveries per source and response status", "resource.type=\"cloud_run_revision\" metric.type=\"run.googleapis.com/request_count\" resource.labels.service_name=monitoring.regex.full_match(\"${local.source_names}\")", "ALIGN_RATE", "REDUCE_SUM", ["resource.label.service_name", "metric.label.response_code"]],
    ["Latency of sources, 95th percentile", "resource.type=\"cloud_run_revision\" metric.type=\"run.googleapis.com/request_latencies\" resource.labels.service_name=monitoring.regex.full_match(\"${local.source_names}\")", "ALIGN_DELTA", "REDUCE_PERCENTILE_95", ["resource.label.service_name"]],
    ["Events published per topic", "resource.type=\"pubsub_topic\" metric.type=\"pubsub.googleapis.com/topic/send_message_operation_count\"", "ALIGN_RATE", "REDUCE_SUM", ["resource.label.topic_id"]],
    ["Oldest unacknowledged event per subscription", "resource.type=\"pubsub_subscription\" metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\"", "ALIGN_MAX", "REDUCE_MAX", ["resource.label.subscription_id"]],
    ["Dead letters", "resource.type=\"pubsub_subscription\" metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" resource.labels.subscription_id=\"dead-letter\"", "ALIGN_MAX", "REDUCE_MAX", []],
    ["Failed attempts per subscriber", "resource.type=\"cloud_run_revision\" metric.type=\"logging.googleapis.com/user/${google_logging_metric.failed_attempts.name}\"", "ALIGN_DELTA", "REDUCE_SUM", ["metric.label.subscriber"]],
    ["Responses 401 per source", "resource.type=\"cloud_run_revision\" metric.type=\"logging.googleapis.com/user/${google_logging_metric.unauthorized.name}\"", "ALIGN_DELTA", "REDUCE_SUM", ["metric.label.source"]],
    ["Instances", "resource.type=\"cloud_run_revision\" metric.type=\"run.googleapis.com/container/instance_count\"", "ALIGN_MAX", "REDUCE_SUM", ["resource.label.service_name"]],
  ]
}

resource "google_monitoring_dashboard" "suite" {
  dashboard_json = jsonencode({
    displayName = "ci-tooling"
    mosaicLayout = {
      columns = 48
      tiles = [
        for index, chart in local.charts : {
          xPos   = index % 2 * 24
          yPos   = floor(index / 2) * 16
          width  = 24
          height = 16
          widget = {
            title = chart[0]
            xyChart = {
              dataSets = [{
                plotType = "LINE"
                timeSeriesQuery = {
                  timeSeriesFilter = {
                    filter = chart[1]
                    aggregation = {
                      alignmentPeriod    = "60s"
                      perSeriesAligner   = chart[2]
                      crossSeriesReducer = chart[3]
                      groupByFields      = chart[4]
                    }
                  }
                }
              }]
            }
          }
        }
      ]
    }
  })

  depends_on = [google_project_service.service]
}

resource "google_billing_budget" "month" {
  count = var.billing_account == "" ? 0 : 1

  billing_account = var.billing_account
  display_name    = "ci-tooling"

  budget_filter {
    projects = ["projects/${data.google_project.project.number}"]
  }

  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1]

    content {
      threshold_percent = threshold_rules.value
    }
  }

  dynamic "all_updates_rule" {
    for_each = length(local.channels) > 0 ? [local.channels] : []

    content {
      monitoring_notification_channels = slice(all_updates_rule.value, 0, min(5, length(all_updates_rule.value)))
    }
  }

  depends_on = [google_project_service.service]
}
