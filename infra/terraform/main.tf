# The whole suite in a Google Cloud project. What there is to deploy is read from functions/*/function.json and infra/bigquery:
# a new function or table needs no change here.

module "manifests" {
  source = "./modules/manifests"
  root   = "${path.module}/../.."
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
    "compute.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
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
  # Before the first release there is no code, so no function, and nothing to push to.
  released    = var.release != "none"
  sources     = { for name, manifest in module.manifests.sources : name => manifest if local.released }
  subscribers = { for name, manifest in module.manifests.subscribers : name => manifest if local.released }

  # Pub/Sub itself.
  pubsub_agent = "serviceAccount:service-${data.google_project.project.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}
