# GitHub Actions signs in with GitHub's token (Workload Identity Federation), so that there is no key to store:
# https://github.com/google-github-actions/auth. Only jobs with the environment `production` on the main branch may deploy, and jobs with
# the environment `plan` may read. Reviewers of an environment therefore decide about each sign-in. GitHub's claims:
# https://docs.github.com/en/actions/reference/security/oidc

locals {
  federated = toset(var.deployed_from == "" ? [] : ["github"])

  deployer_roles = toset([
    "roles/artifactregistry.reader",
    "roles/bigquery.admin",
    "roles/cloudfunctions.admin",
    "roles/cloudscheduler.admin",
    "roles/cloudsql.admin",
    "roles/compute.loadBalancerAdmin",
    "roles/compute.networkAdmin",
    "roles/iam.roleAdmin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/iam.workloadIdentityPoolAdmin",
    "roles/iap.admin",
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
  attribute_condition                = "assertion.repository == \"${var.deployed_from}\" && assertion.repository_id == \"${var.deployed_from_id}\""

  attribute_mapping = {
    "google.subject" = "assertion.sub"
    # `repo:<owner>/<name>:environment:<environment>@<ref>`
    "attribute.job" = "assertion.sub + \"@\" + assertion.ref"
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
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github[each.key].name}/attribute.job/repo:${var.deployed_from}:environment:production@refs/heads/main"
}

resource "google_service_account" "planner" {
  account_id   = "ci-tooling-planner"
  display_name = "Plans pull requests from GitHub Actions"

  depends_on = [google_project_service.service]
}

# What a plan refreshes. roles/viewer would make the planner one of the project's viewers, who read every row of BigQuery.
resource "google_project_iam_custom_role" "planner" {
  role_id = "ciToolingPlanner"
  title   = "ci-tooling: plan"
  permissions = [
    "bigquery.datasets.get",
    "bigquery.tables.get",
    "cloudfunctions.functions.get",
    "cloudfunctions.operations.get",
    "cloudscheduler.jobs.get",
    "cloudsql.databases.get",
    "cloudsql.instances.get",
    "compute.backendServices.get",
    "compute.globalAddresses.get",
    "compute.globalForwardingRules.get",
    "compute.networkEndpointGroups.get",
    "compute.networks.get",
    "compute.sslCertificates.get",
    "compute.targetHttpsProxies.get",
    "compute.urlMaps.get",
    "iam.roles.get",
    "iam.serviceAccounts.get",
    "iam.workloadIdentityPoolProviders.get",
    "iam.workloadIdentityPools.get",
    "logging.logMetrics.get",
    "monitoring.alertPolicies.get",
    "monitoring.dashboards.get",
    "monitoring.notificationChannels.get",
    "pubsub.subscriptions.get",
    "pubsub.topics.get",
    "resourcemanager.projects.get",
    "run.services.get",
    "secretmanager.secrets.get",
    "servicenetworking.services.get",
    "storage.buckets.get",
    "vpcaccess.connectors.get",
  ]

  depends_on = [google_project_service.service]
}

resource "google_project_iam_member" "planner_plan" {
  project = var.project
  role    = google_project_iam_custom_role.planner.name
  member  = google_service_account.planner.member
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
  member             = "principal://iam.googleapis.com/${google_iam_workload_identity_pool.github[each.key].name}/subject/repo:${var.deployed_from}:environment:plan"
}
