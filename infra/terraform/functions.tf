# `npm run deploy` uploads releases to this bucket, as <sha>/<function>.zip. None is deleted: a rule by age would delete the release
# that runs when nothing was deployed for long, and Cloud Functions needs its archives for every change of a setting. A release has
# 10 MB.
resource "google_storage_bucket" "releases" {
  name                        = "${var.project}-ci-tooling-releases"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  lifecycle_rule {
    condition {
      age                   = 30
      matches_storage_class = ["STANDARD"]
    }

    action {
      type          = "SetStorageClass"
      storage_class = "NEARLINE"
    }
  }

  depends_on = [google_project_service.service]
}

# Google's default build account may edit the whole project.
resource "google_service_account" "build" {
  account_id   = "ci-tooling-build"
  display_name = "Builds the functions' containers"

  depends_on = [google_project_service.service]
}

resource "google_storage_bucket_iam_member" "build" {
  bucket = google_storage_bucket.releases.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.build.member
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/logging.logWriter", "roles/artifactregistry.writer", "roles/storage.objectViewer"])

  project = var.project
  role    = each.value
  member  = google_service_account.build.member
}

locals {
  environment = merge(
    {
      # Without it the Functions Framework responds to some requests with a stack trace.
      NODE_ENV                     = "production"
      GOOGLE_CLOUD_PROJECT         = var.project
      BIGQUERY_METRICS_DATASET     = var.datasets.product_eng
      BIGQUERY_OPEN_SOURCE_DATASET = var.datasets.open_source
    },
    var.sentry_dsn == "" ? {} : {
      SENTRY_DSN                = var.sentry_dsn
      SENTRY_RELEASE            = var.release
      SENTRY_ENVIRONMENT        = var.environment
      SENTRY_TRACES_SAMPLE_RATE = tostring(var.sentry_traces_sample_rate)
    },
    var.settings,
  )
}

module "source" {
  source   = "./modules/function"
  for_each = local.sources

  name          = each.key
  manifest      = each.value
  project       = var.project
  region        = var.region
  runtime       = var.runtime
  archive       = { bucket = google_storage_bucket.releases.name, object = "${var.release}/${each.key}.zip" }
  build_account = google_service_account.build.id
  environment   = local.environment
  datasets      = var.datasets
  writer_role   = google_project_iam_custom_role.writer.name
  reader_role   = google_project_iam_custom_role.reader.name
  editor_role   = google_project_iam_custom_role.editor.name
  # Senders have no Google accounts: each function verifies signatures itself.
  invokers = ["allUsers"]

  depends_on = [
    google_project_iam_member.build,
    google_pubsub_topic.topic,
    google_secret_manager_secret.secret,
    google_storage_bucket_iam_member.build,
  ]
}

module "subscriber" {
  source   = "./modules/function"
  for_each = local.subscribers

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
  invokers      = [google_service_account.push.member]

  depends_on = [
    google_project_iam_member.build,
    google_secret_manager_secret.secret,
    google_storage_bucket_iam_member.build,
    module.dataset,
  ]
}
