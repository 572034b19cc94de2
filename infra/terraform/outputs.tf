output "release" {
  description = "The deployed release."
  value       = var.release
}

output "urls" {
  description = "URL of each source, for its sender."
  value       = { for name, function in module.source : name => function.uri }
}

output "console_address" {
  description = "Address for the A record of the console's domain; null without a console."
  value       = one([for address in google_compute_global_address.console : address.address])
}

output "subscriptions" {
  description = "Names of the push subscriptions, by `<function>-<topic>`. A name ends with a hash of the filter."
  value       = { for name, subscription in module.subscription : name => subscription.name }
}

output "releases_bucket" {
  description = "Bucket that `npm run deploy` uploads to."
  value       = google_storage_bucket.releases.name
}

output "database_instance" {
  description = "Connection name of the database, for Cloud SQL's Auth Proxy; null without a database."
  value       = local.needs_database ? "${var.project}:${var.region}:${local.instance.name}" : null
}

output "database_name" {
  value = local.needs_database ? google_sql_database.database[0].name : null
}

output "deploys_with" {
  description = "For google-github-actions/auth: GCP_WORKLOAD_IDENTITY_PROVIDER, GCP_DEPLOYER, GCP_PLANNER."
  value = {
    workload_identity_provider = one([for provider in google_iam_workload_identity_pool_provider.github : provider.name])
    deployer                   = google_service_account.deployer.email
    planner                    = google_service_account.planner.email
  }
}

output "looker_account" {
  description = "Service account for Looker's connection."
  value       = google_service_account.looker.email
}
