# GitHub Actions signs in with GitHub's token (Workload Identity Federation), so that there is no key to store:
# https://github.com/google-github-actions/auth. Only the main branch may deploy; pull requests may read.

locals {
  federated = toset(var.deployed_from == "" ? [] : ["github"])

  deployer_roles = toset([
    "roles/artifactregistry.reader",
    "roles/bigquery.admin",
    "roles/cloudfunctions.admin",
    "roles/cloudsql.admin",
    "roles/compute.networkAdmin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/iam.workloadIdentityPoolAdmin",
    "roles/logging.configWriter",
    "roles/monitoring.admin",
    "roles/pubsub.admin",
    "roles/resourcemanager.projectIamAdmin",
    "roles/run.admin",
    "roles/secretmanager.admin",
    "roles/serviceusage.serviceUsageAdmin",
    "roles/storage.admin",
    "roles/vpcaccess.admin",
  ])
  # serviceUsageConsumer: requests are billed to the project's quota, see user_project_override in versions.tf.
  planner_roles = toset([
    "roles/iam.securityReviewer",
    "roles/serviceusage.serviceUsageConsumer",
    "roles/storage.objectViewer",
    "roles/viewer",
  ])
}

resource "google_iam_workload_identity_pool" "github" {
  for_each = local.federated

  workload_identity_pool_id = "ci-tooling-github"
  display_name              = "GitHub Actions"

  depends_on = [google_project_service.service]
}

resource "google_iam_workload_identity_pool_provider" "github" {
  for_each = local.federated

  workload_identity_pool_id          = google_iam_workload_identity_pool.github[each.key].workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.repository == \"${var.deployed_from}\""

  attribute_mapping = {
    "google.subject"       = "assertion.sub"
    "attribute.repository" = "assertion.repository"
    "attribute.branch"     = "assertion.repository + \"@\" + assertion.ref"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account" "deployer" {
  account_id   = "ci-tooling-deployer"
  display_name = "Deploys from GitHub Actions"

  depends_on = [google_project_service.service]
}

resource "google_project_iam_member" "deployer" {
  for_each = local.deployer_roles

  project = var.project
  role    = each.value
  member  = google_service_account.deployer.member
}

resource "google_service_account_iam_member" "deployer" {
  for_each = local.federated

  service_account_id = google_service_account.deployer.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github[each.key].name}/attribute.branch/${var.deployed_from}@refs/heads/main"
}

resource "google_service_account" "planner" {
  account_id   = "ci-tooling-planner"
  display_name = "Plans pull requests from GitHub Actions"

  depends_on = [google_project_service.service]
}

resource "google_project_iam_member" "planner" {
  for_each = local.planner_roles

  project = var.project
  role    = each.value
  member  = google_service_account.planner.member
}

resource "google_service_account_iam_member" "planner" {
  for_each = local.federated

  service_account_id = google_service_account.planner.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github[each.key].name}/attribute.repository/${var.deployed_from}"
}
