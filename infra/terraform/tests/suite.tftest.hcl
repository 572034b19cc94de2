# Plans and applies the whole configuration in Terraform's memory. Nothing is created: every resource is a mock.

mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }

  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/a-project/serviceAccounts/account@a-project.iam.gserviceaccount.com"
      email  = "account@a-project.iam.gserviceaccount.com"
      member = "serviceAccount:account@a-project.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_sql_database_instance" {
    defaults = {
      private_ip_address = "10.1.2.3"
      server_ca_cert     = [{ cert = "a certificate", common_name = "", create_time = "", expiration_time = "", sha1_fingerprint = "" }]
    }
  }
}

variables {
  project          = "a-project"
  release          = "0123456789abcdef0123456789abcdef01234567"
  alert_emails     = ["oncall@example.com"]
  deployed_from    = "example/ci-tooling"
  deployed_from_id = "42"
  console_domain   = "console.example.com"
  console_members  = ["group:engineering@example.com"]
}

run "the_first_apply_has_everything_but_functions" {
  variables {
    release = "none"
  }

  assert {
    condition     = length(module.source) + length(module.subscriber) + length(module.subscription) + length(module.schedule) + length(module.console) + length(google_cloud_scheduler_job.schedule) == 0
    error_message = "Without a release there are no functions."
  }

  assert {
    condition     = length(google_secret_manager_secret.secret) > 0 && length(module.dataset) == 2 && length(google_pubsub_topic.topic) > 0
    error_message = "Secrets, datasets and topics are created before functions."
  }

  assert {
    condition     = length(google_monitoring_alert_policy.unauthorized) + length(google_pubsub_subscription.dead_letter_rows) == 0
    error_message = "What Google refuses minutes after its metric or right was created waits for the first release."
  }
}

run "a_release_has_every_function" {
  assert {
    condition     = toset(concat(keys(module.source), keys(module.subscriber), keys(module.schedule), keys(module.console))) == toset([for path in fileset("${path.root}/../..", "functions/*/function.json") : basename(dirname(path))])
    error_message = "Every folder with a function.json is a function."
  }

  assert {
    condition     = toset(keys(output.urls)) == toset(keys(module.manifests.sources))
    error_message = "Every source has a URL."
  }

  assert {
    condition     = length(module.subscription) == length(module.manifests.subscriptions)
    error_message = "Every subscription is created."
  }

  assert {
    condition     = keys(google_cloud_scheduler_job.schedule) == keys(module.manifests.schedules)
    error_message = "Every scheduled function has a job."
  }

  assert {
    condition     = length(google_bigquery_table.view_0) > 0 && alltrue([for view in google_bigquery_table.view_0 : !can(regex("(FROM|JOIN) (product_eng|open_source)\\.", view.view[0].query))])
    error_message = "Views name the project whose tables they read."
  }

  assert {
    condition     = jsondecode(google_monitoring_dashboard.suite.dashboard_json).displayName == "ci-tooling"
    error_message = "The dashboard is JSON."
  }

  assert {
    condition     = length(google_monitoring_alert_policy.unauthorized) == 1 && length(google_pubsub_subscription.dead_letter_rows) == 1
    error_message = "A release has the alert on wrong signatures and the dead letters' rows."
  }

  assert {
    condition     = alltrue([for service in google_compute_backend_service.console : service.iap[0].enabled]) && length(google_iap_web_backend_service_iam_member.console) == 1
    error_message = "Identity-Aware Proxy lets the members into the console, and nobody else."
  }

  assert {
    condition     = keys(output.subscriptions) == keys(module.manifests.subscriptions)
    error_message = "The names of the subscriptions are an output, for the deploy to see which were replaced."
  }
}

run "the_console_needs_a_domain" {
  variables {
    console_domain = ""
  }

  assert {
    condition     = length(module.console) + length(google_compute_backend_service.console) + length(google_pubsub_topic_iam_member.console_replay) + length(google_project_iam_member.console_logs) + length(google_project_iam_member.console_schedules) == 0 && output.console_address == null
    error_message = "Without a domain there is no console, and no right of it."
  }
}

run "an_existing_database_and_network_are_used" {
  variables {
    database_instance = "ours"
    network           = "our-network"
  }

  override_data {
    target = data.google_sql_database_instance.instance
    values = {
      private_ip_address = "10.9.9.9"
      server_ca_cert     = [{ cert = "a certificate", common_name = "", create_time = "", expiration_time = "", sha1_fingerprint = "" }]
    }
  }

  assert {
    condition     = length(google_sql_database_instance.instance) == 0 && length(google_compute_network.network) == 0
    error_message = "An existing database or network is not created again."
  }

  assert {
    condition     = local.database_environment.DB_HOST == "10.9.9.9"
    error_message = "Functions receive the address of the existing database."
  }
}

run "functions_trust_the_next_certificate_authority_too" {
  variables {
    next_database_ca = "the next certificate"
  }

  assert {
    condition     = local.database_environment.DB_CA == "a certificate\nthe next certificate"
    error_message = "During a rotation DB_CA has both certificates."
  }
}

run "a_repository_has_an_id" {
  command = plan

  variables {
    deployed_from_id = ""
  }

  expect_failures = [var.deployed_from_id]
}

run "a_secret_is_no_setting" {
  command = plan

  variables {
    settings = { GH_WEBHOOK_SECRET = "x" }
  }

  expect_failures = [var.settings]
}

run "an_organization_is_no_setting" {
  command = plan

  variables {
    settings = { DEPLOY_BRANCH = "main" }
  }

  expect_failures = [var.settings]
}

run "a_release_is_a_commit" {
  command = plan

  variables {
    release = "latest"
  }

  expect_failures = [var.release]
}

run "another_organization_has_its_own_views" {
  command = plan

  variables {
    organization_views = { "product_eng.service_repositories" = "-- Repositories.\nSELECT 'acme/shop' AS repository, 'shop' AS service, 'storefront' AS team\n" }
  }

  assert {
    condition     = strcontains(google_bigquery_table.view_0["product_eng.service_repositories"].view[0].query, "'acme/shop'") && google_bigquery_table.view_0["product_eng.service_repositories"].description == "Repositories.\n"
    error_message = "A deploy with another file than ci-tooling.yaml creates the views of that organization."
  }
}
