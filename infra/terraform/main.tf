# The whole suite in a Google Cloud project. Functions and tables come from functions/*/function.json and infra/bigquery: a new one needs
# no change here.

module "manifests" {
  source = "./modules/manifests"
  root   = "${path.module}/../.."
  views  = var.organization_views
}

data "google_project" "project" {
  project_id = var.project
}

resource "google_project_service" "service" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "bigquery.googleapis.com",
    "billingbudgets.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudfunctions.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "cloudscheduler.googleapis.com",
    "compute.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "iap.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "servicenetworking.googleapis.com",
    "serviceusage.googleapis.com",
    "sqladmin.googleapis.com",
    "sts.googleapis.com",
    "vpcaccess.googleapis.com",
  ])

  service            = each.value
  disable_on_destroy = false
}

locals {
  # Before the first release there is no code, hence no function and no push endpoint.
  released    = var.release != "none"
  sources     = { for name, manifest in module.manifests.sources : name => manifest if local.released }
  subscribers = { for name, manifest in module.manifests.subscribers : name => manifest if local.released }
  schedules   = { for name, manifest in module.manifests.schedules : name => manifest if local.released }

  # Pub/Sub's service agent.
  pubsub_agent = "serviceAccount:service-${data.google_project.project.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}
