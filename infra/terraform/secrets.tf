# The secrets, without their values: `npm run secrets -- set NAME` adds a value, which never enters Terraform's state.
# The function module grants access to each secret.

resource "google_secret_manager_secret" "secret" {
  for_each = toset(module.manifests.secrets)

  secret_id = each.value
  labels    = { suite = "ci-tooling" }
  # Its values are nowhere else. docs/runbook.md says how to remove one.
  deletion_protection = true

  replication {
    auto {}
  }

  depends_on = [google_project_service.service]
}
