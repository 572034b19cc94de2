# Functions that Cloud Scheduler calls at fixed times, and their jobs.

# Account of the calls: it may invoke the scheduled functions and has no other right. Cloud Scheduler's service agent may create tokens
# for every account of the project, https://cloud.google.com/scheduler/docs/http-target-auth
resource "google_service_account" "schedule" {
  account_id   = "cloud-scheduler"
  display_name = "Cloud Scheduler's calls"

  depends_on = [google_project_service.service]
}

module "schedule" {
  source   = "./modules/function"
  for_each = local.schedules

  name          = each.key
  manifest      = each.value
  project       = var.project
  region        = var.region
  runtime       = var.runtime
  archive       = { bucket = google_storage_bucket.releases.name, object = "${var.release}/${each.key}.zip" }
  build_account = google_service_account.build.id
  environment   = merge(local.environment, each.value.database ? local.database_environment : {})
  datasets      = var.datasets
  writer_role   = google_project_iam_custom_role.writer.name
  reader_role   = google_project_iam_custom_role.reader.name
  editor_role   = google_project_iam_custom_role.editor.name
  vpc_connector = each.value.database ? google_vpc_access_connector.database[0].id : null
  invokers      = [google_service_account.schedule.member]

  depends_on = [
    google_project_iam_member.build,
    google_secret_manager_secret.secret,
    google_storage_bucket_iam_member.build,
    module.dataset,
  ]
}

# A response other than 2xx, or none within the deadline, is a failure, which the job retries. It starts no run while one is going on.
# https://cloud.google.com/scheduler/docs/configuring/retry-jobs
resource "google_cloud_scheduler_job" "schedule" {
  for_each = local.schedules

  name        = each.key
  description = substr(each.value.description, 0, 500)
  region      = var.region
  schedule    = each.value.trigger.schedule.cron
  time_zone   = try(each.value.trigger.schedule.timeZone, "Etc/UTC")
  # 15 seconds is the shortest deadline.
  attempt_deadline = "${max(15, each.value.resources.timeoutSeconds)}s"

  http_target {
    http_method = "POST"
    uri         = module.schedule[each.key].uri

    oidc_token {
      service_account_email = google_service_account.schedule.email
      audience              = module.schedule[each.key].uri
    }
  }

  retry_config {
    retry_count          = module.manifests.schedule_policy.retryCount
    min_backoff_duration = "${module.manifests.schedule_policy.minimumBackoffSeconds}s"
    max_backoff_duration = "${module.manifests.schedule_policy.maximumBackoffSeconds}s"
    max_doublings        = module.manifests.schedule_policy.maxDoublings
  }
}

# One line per failed run: the last retry's, and those before it.
resource "google_logging_metric" "failed_schedules" {
  name        = "ci-tooling/failed_schedules"
  description = "Failed attempts of scheduled functions, by function"
  filter      = "resource.type=\"cloud_run_revision\" AND severity=ERROR AND jsonPayload.schedule:* AND jsonPayload.outcome=\"failed\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"

    labels {
      key         = "schedule"
      value_type  = "STRING"
      description = "Function"
    }
  }

  label_extractors = { schedule = "EXTRACT(jsonPayload.schedule)" }

  depends_on = [google_project_service.service]
}

# As many failures as a run has attempts: a single failure that a retry repaired alerts nobody.
resource "google_monitoring_alert_policy" "failed_schedules" {
  count = local.released ? 1 : 0

  display_name          = "ci-tooling: a scheduled function fails"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "A scheduled function failed in every attempt of a run"

    condition_threshold {
      filter          = "resource.type = \"cloud_run_revision\" AND metric.type = \"logging.googleapis.com/user/${google_logging_metric.failed_schedules.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = module.manifests.schedule_policy.retryCount
      duration        = "0s"

      aggregations {
        alignment_period     = "3600s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["metric.label.schedule"]
      }
    }
  }

  documentation {
    content = "${local.runbook}a-scheduled-function-fails"
  }
}

locals {
  # What redeliver logs about deliveries that it could not repair, by the outcome of its log line.
  missing_deliveries = {
    overdue = { severity = "WARNING", title = "deliveries of GitHub are missing for more than an hour", anchor = "deliveries-of-github-are-missing" }
    lost    = { severity = "ERROR", title = "a delivery of GitHub is lost", anchor = "a-delivery-of-github-is-lost" }
  }
}

resource "google_logging_metric" "missing_deliveries" {
  for_each = local.missing_deliveries

  name        = "ci-tooling/${each.key}_deliveries"
  description = "Log lines of redeliver: ${each.value.title}"
  filter      = "resource.type=\"cloud_run_revision\" AND severity=${each.value.severity} AND jsonPayload.schedule=\"redeliver\" AND jsonPayload.outcome=\"${each.key}\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }

  depends_on = [google_project_service.service]
}

resource "google_monitoring_alert_policy" "missing_deliveries" {
  for_each = { for outcome, missing in local.missing_deliveries : outcome => missing if local.released }

  display_name          = "ci-tooling: ${each.value.title}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels

  conditions {
    display_name = "redeliver logged the outcome ${each.key}"

    condition_threshold {
      filter          = "resource.type = \"cloud_run_revision\" AND metric.type = \"logging.googleapis.com/user/${google_logging_metric.missing_deliveries[each.key].name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period     = "3600s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "${local.runbook}${each.value.anchor}"
  }
}
