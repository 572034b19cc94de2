# The secrets, without their values: those are put in by `npm run secrets -- set NAME` and never are in Terraform's state.
# Who may read one is beside each function.

resource "google_secret_manager_secret" "secret" {
  for_each = toset(module.manifests.secrets)

  secret_id = each.value
  labels    = { suite = "ci-tooling" }

  replication {
    auto {}
  }

  depends_on = [google_project_service.service]
}
