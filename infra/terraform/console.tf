# The console: a function behind an HTTPS load balancer, whose backend service has Identity-Aware Proxy. Nothing of this exists without
# `console_domain`. The provider of this version cannot switch IAP on for a Cloud Run service itself.

locals {
  consoles = { for name, manifest in module.manifests.consoles : name => manifest if local.released && var.console_domain != "" }
  # IAP's service agent calls the function: `gcloud beta services identity create --service iap.googleapis.com` creates it.
  iap_agent = "serviceAccount:service-${data.google_project.project.number}@gcp-sa-iap.iam.gserviceaccount.com"
}

module "console" {
  source   = "./modules/function"
  for_each = local.consoles

  name          = each.key
  manifest      = each.value
  project       = var.project
  region        = var.region
  runtime       = var.runtime
  archive       = { bucket = google_storage_bucket.releases.name, object = "${var.release}/${each.key}.zip" }
  build_account = google_service_account.build.id
  # Assertions for any other application are refused: https://cloud.google.com/iap/docs/signed-headers-howto
  environment = merge(local.environment, local.database_environment, {
    SCHEDULER_LOCATION = var.region
    IAP_AUDIENCE       = "/projects/${data.google_project.project.number}/global/backendServices/${google_compute_backend_service.console[each.key].generated_id}"
  })
  datasets      = var.datasets
  writer_role   = google_project_iam_custom_role.writer.name
  reader_role   = google_project_iam_custom_role.reader.name
  editor_role   = google_project_iam_custom_role.editor.name
  vpc_connector = each.value.database ? google_vpc_access_connector.database[0].id : null
  invokers      = [local.iap_agent]

  depends_on = [
    google_project_iam_member.build,
    google_secret_manager_secret.secret,
    google_storage_bucket_iam_member.build,
    module.dataset,
  ]
}

# --- Rights ---

# Listing dead letters pulls them and lets them go again; a replay acknowledges them.
resource "google_pubsub_subscription_iam_member" "console_dead_letters" {
  for_each = { for name, manifest in local.consoles : name => manifest if try(manifest.replays, false) }

  subscription = google_pubsub_subscription.dead_letter.name
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:${module.console[each.key].account}"
}

resource "google_pubsub_topic_iam_member" "console_replay" {
  for_each = { for name, manifest in local.consoles : name => manifest if try(manifest.replays, false) }

  topic  = google_pubsub_topic.replay.name
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:${module.console[each.key].account}"
}

# Before a replay the console looks whether each subscriber has a subscription of the topic `replay`.
resource "google_project_iam_custom_role" "subscription_lister" {
  role_id     = "ciToolingSubscriptionLister"
  title       = "ci-tooling: list subscriptions"
  permissions = ["pubsub.subscriptions.list"]

  depends_on = [google_project_service.service]
}

resource "google_project_iam_member" "console_subscriptions" {
  count = length([for manifest in values(local.consoles) : manifest if try(manifest.replays, false)])

  project = var.project
  role    = google_project_iam_custom_role.subscription_lister.name
  member  = "serviceAccount:${values(module.console)[count.index].account}"
}

# Causes of dead letters, what functions logged about an event, runs of schedules.
resource "google_project_iam_custom_role" "log_reader" {
  role_id     = "ciToolingLogReader"
  title       = "ci-tooling: read logs"
  permissions = ["logging.logEntries.list"]

  depends_on = [google_project_service.service]
}

resource "google_project_iam_member" "console_logs" {
  count = length([for manifest in values(local.consoles) : manifest if try(manifest.logs, false)])

  project = var.project
  role    = google_project_iam_custom_role.log_reader.name
  member  = "serviceAccount:${values(module.console)[count.index].account}"
}

# A job has no access policy of its own: https://cloud.google.com/iam/docs/resource-types-with-policies
resource "google_project_iam_custom_role" "schedule_runner" {
  role_id     = "ciToolingScheduleRunner"
  title       = "ci-tooling: list and run schedules"
  permissions = ["cloudscheduler.jobs.list", "cloudscheduler.jobs.run"]

  depends_on = [google_project_service.service]
}

resource "google_project_iam_member" "console_schedules" {
  count = length([for manifest in values(local.consoles) : manifest if try(manifest.runsSchedules, false)])

  project = var.project
  role    = google_project_iam_custom_role.schedule_runner.name
  member  = "serviceAccount:${values(module.console)[count.index].account}"
}

# --- Load balancer and Identity-Aware Proxy ---

resource "google_compute_region_network_endpoint_group" "console" {
  for_each = local.consoles

  name                  = "ci-tooling-${each.key}"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  # The name, and not the function: its environment has the id of the backend service.
  cloud_run {
    service = each.key
  }

  depends_on = [google_project_service.service]
}

resource "google_compute_backend_service" "console" {
  for_each = local.consoles

  name                  = "ci-tooling-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"

  backend {
    group = google_compute_region_network_endpoint_group.console[each.key].id
  }

  # Google's own OAuth client, for the people of the organization: https://cloud.google.com/iap/docs/enabling-on-load-balancer-howto
  iap {
    enabled = true
  }
}

resource "google_iap_web_backend_service_iam_member" "console" {
  for_each = { for pair in setproduct(keys(local.consoles), var.console_members) : "${pair[0]} ${pair[1]}" => { console = pair[0], member = pair[1] } }

  project             = var.project
  web_backend_service = google_compute_backend_service.console[each.value.console].name
  role                = "roles/iap.httpsResourceAccessor"
  member              = each.value.member
}

resource "google_compute_global_address" "console" {
  for_each = local.consoles

  name = "ci-tooling-${each.key}"

  depends_on = [google_project_service.service]
}

# Google renews it, and issues it once the domain's A record has the address.
resource "google_compute_managed_ssl_certificate" "console" {
  for_each = local.consoles

  name = "ci-tooling-${each.key}"

  managed {
    domains = [var.console_domain]
  }

  depends_on = [google_project_service.service]
}

resource "google_compute_url_map" "console" {
  for_each = local.consoles

  name            = "ci-tooling-${each.key}"
  default_service = google_compute_backend_service.console[each.key].id
}

resource "google_compute_target_https_proxy" "console" {
  for_each = local.consoles

  name             = "ci-tooling-${each.key}"
  url_map          = google_compute_url_map.console[each.key].id
  ssl_certificates = [google_compute_managed_ssl_certificate.console[each.key].id]
}

resource "google_compute_global_forwarding_rule" "console" {
  for_each = local.consoles

  name                  = "ci-tooling-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.console[each.key].id
  port_range            = "443"
  target                = google_compute_target_https_proxy.console[each.key].id
}
