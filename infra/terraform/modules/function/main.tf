# One function, its account, and the account's rights: its topic, its tables, its secrets, and nothing else.

variable "name" {
  description = "Name of the folder under functions/; also the function's entry point."
  type        = string
}

variable "manifest" {
  description = "The folder's function.json."
  type        = any
}

variable "project" {
  type = string
}

variable "region" {
  type = string
}

variable "runtime" {
  type = string
}

variable "archive" {
  description = "Bucket and object of the code."
  type        = object({ bucket = string, object = string })
}

variable "build_account" {
  description = "Id of the service account that builds the container."
  type        = string
}

variable "environment" {
  description = "Environment variables."
  type        = map(string)
}

variable "invokers" {
  description = "Member that may call the function."
  type        = list(string)
}

variable "datasets" {
  description = "Ids of the datasets, by their names in the manifest."
  type        = map(string)
}

variable "writer_role" {
  description = "Role that adds rows to a table."
  type        = string
}

variable "reader_role" {
  description = "Role that queries the rows of a table."
  type        = string
}

variable "editor_role" {
  description = "Role that queries and changes the rows of a table."
  type        = string
}

variable "vpc_connector" {
  description = "Id of the connector to the database's network; null without a database."
  type        = string
  default     = null
}

locals {
  is_source = can(var.manifest.trigger.http)
  kind      = local.is_source ? "source" : can(var.manifest.trigger.schedule) ? "schedule" : can(var.manifest.trigger.iap) ? "console" : "subscriber"
  resources = var.manifest.resources
  # roles/secretmanager.viewer for the list of versions: during a rotation two are valid.
  secret_roles = {
    for pair in setproduct(var.manifest.secrets, ["roles/secretmanager.secretAccessor", "roles/secretmanager.viewer"]) :
    "${pair[0]} ${pair[1]}" => { secret = pair[0], role = pair[1] }
  }
}

resource "google_service_account" "function" {
  # At most 30 characters.
  account_id   = substr("fn-${var.name}", 0, 30)
  display_name = "functions/${var.name}"
  description  = substr(var.manifest.description, 0, 256)
}

resource "google_cloudfunctions2_function" "function" {
  name        = var.name
  location    = var.region
  description = var.manifest.description
  labels      = { suite = "ci-tooling", kind = local.kind }

  build_config {
    runtime         = var.runtime
    entry_point     = var.name
    service_account = var.build_account

    source {
      storage_source {
        bucket = var.archive.bucket
        object = var.archive.object
      }
    }
  }

  service_config {
    available_memory = local.resources.memory
    # Concurrent requests need a whole CPU.
    available_cpu                    = local.resources.concurrency > 1 ? "1" : null
    timeout_seconds                  = local.resources.timeoutSeconds
    max_instance_request_concurrency = local.resources.concurrency
    min_instance_count               = local.resources.minInstances
    max_instance_count               = local.resources.maxInstances
    # Pub/Sub and Cloud Scheduler count as internal: https://cloud.google.com/run/docs/securing/ingress#settings
    ingress_settings               = local.is_source ? "ALLOW_ALL" : local.kind == "console" ? "ALLOW_INTERNAL_AND_GCLB" : "ALLOW_INTERNAL_ONLY"
    all_traffic_on_latest_revision = true
    service_account_email          = google_service_account.function.email
    environment_variables          = var.environment
    vpc_connector                  = var.vpc_connector
    vpc_connector_egress_settings  = var.vpc_connector == null ? null : "PRIVATE_RANGES_ONLY"
  }
}

resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = toset(var.invokers)

  project  = var.project
  location = var.region
  name     = google_cloudfunctions2_function.function.name
  role     = "roles/run.invoker"
  member   = each.value
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = toset(compact([try(var.manifest.publishes, "")]))

  topic  = each.value
  role   = "roles/pubsub.publisher"
  member = google_service_account.function.member
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = local.secret_roles

  secret_id = each.value.secret
  role      = each.value.role
  member    = google_service_account.function.member
}

resource "google_bigquery_table_iam_member" "writer" {
  for_each = toset(try(var.manifest.tables, []))

  dataset_id = var.datasets[split(".", each.value)[0]]
  table_id   = split(".", each.value)[1]
  role       = var.writer_role
  member     = google_service_account.function.member
}

resource "google_bigquery_table_iam_member" "reader" {
  for_each = toset(try(var.manifest.queries, []))

  dataset_id = var.datasets[split(".", each.value)[0]]
  table_id   = split(".", each.value)[1]
  role       = var.reader_role
  member     = google_service_account.function.member
}

resource "google_bigquery_table_iam_member" "editor" {
  for_each = toset(try(var.manifest.edits, []))

  dataset_id = var.datasets[split(".", each.value)[0]]
  table_id   = split(".", each.value)[1]
  role       = var.editor_role
  member     = google_service_account.function.member
}

# A query is a job of the project: https://cloud.google.com/bigquery/docs/access-control#bigquery.jobUser
resource "google_project_iam_member" "jobs" {
  count = length(concat(try(var.manifest.queries, []), try(var.manifest.edits, []))) > 0 ? 1 : 0

  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = google_service_account.function.member
}

output "uri" {
  description = "Address of the function, without a path."
  value       = google_cloudfunctions2_function.function.service_config[0].uri
}

output "account" {
  description = "E-mail address of the function's account."
  value       = google_service_account.function.email
}
