module "dataset" {
  source   = "./modules/dataset"
  for_each = toset(distinct([for name in keys(module.manifests.tables) : split(".", name)[0]]))

  name     = each.value
  project  = var.project
  location = var.bigquery_location
  datasets = var.datasets
  tables   = module.manifests.tables

  depends_on = [google_project_service.service]
}

# Adds rows (tabledata.insertAll) and nothing else: roles/bigquery.dataEditor also reads every payload and deletes tables.
# https://cloud.google.com/bigquery/docs/streaming-data-into-bigquery#required_permissions
resource "google_project_iam_custom_role" "writer" {
  role_id     = "ciToolingRowWriter"
  title       = "ci-tooling: add rows"
  permissions = ["bigquery.tables.get", "bigquery.tables.updateData"]

  depends_on = [google_project_service.service]
}

resource "google_project_iam_custom_role" "reader" {
  role_id     = "ciToolingRowReader"
  title       = "ci-tooling: query rows"
  permissions = ["bigquery.tables.get", "bigquery.tables.getData"]

  depends_on = [google_project_service.service]
}

# For functions that change rows with SQL. A query needs the right to create jobs in the project as well.
resource "google_project_iam_custom_role" "editor" {
  role_id     = "ciToolingRowEditor"
  title       = "ci-tooling: query and change rows"
  permissions = ["bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.updateData"]

  depends_on = [google_project_service.service]
}

locals {
  # Each view's query with this installation's datasets and project: a stored query must name the project.
  views = {
    for name, view in module.manifests.views : name => {
      dataset     = var.datasets[split(".", name)[0]]
      view        = split(".", name)[1]
      layer       = view.layer
      description = view.description
      query = join("\n", concat(["-- infra/bigquery/views/${name}.sql"], [
        for line in split("\n", view.query) : replace(
          replace(line, "/\\bproduct_eng\\./", "`${var.project}`.${var.datasets.product_eng}."),
          "/\\bopen_source\\./", "`${var.project}`.${var.datasets.open_source}."
        )
      ]))
    }
  }
}

# BigQuery accepts a view only if the views that it reads exist. Instances of one resource cannot depend on each other, so every layer of
# infra/bigquery/view-layers.json has a resource, which depends on the layer below. The last check fails if there are too few.

resource "google_bigquery_table" "view_0" {
  for_each = { for name, view in local.views : name => view if view.layer == 0 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [module.dataset]
}

resource "google_bigquery_table" "view_1" {
  for_each = { for name, view in local.views : name => view if view.layer == 1 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_0]
}

resource "google_bigquery_table" "view_2" {
  for_each = { for name, view in local.views : name => view if view.layer == 2 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_1]
}

resource "google_bigquery_table" "view_3" {
  for_each = { for name, view in local.views : name => view if view.layer == 3 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_2]
}

resource "google_bigquery_table" "view_4" {
  for_each = { for name, view in local.views : name => view if view.layer == 4 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_3]
}

resource "google_bigquery_table" "view_5" {
  for_each = { for name, view in local.views : name => view if view.layer == 5 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_4]
}

resource "google_bigquery_table" "view_6" {
  for_each = { for name, view in local.views : name => view if view.layer == 6 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_5]
}

resource "google_bigquery_table" "view_7" {
  for_each = { for name, view in local.views : name => view if view.layer == 7 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_6]
}

resource "google_bigquery_table" "view_8" {
  for_each = { for name, view in local.views : name => view if view.layer == 8 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_7]
}

resource "google_bigquery_table" "view_9" {
  for_each = { for name, view in local.views : name => view if view.layer == 9 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_8]
}

resource "google_bigquery_table" "view_10" {
  for_each = { for name, view in local.views : name => view if view.layer == 10 }

  dataset_id          = each.value.dataset
  table_id            = each.value.view
  description         = each.value.description
  deletion_protection = false

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.view_9]
}

check "every_view_has_a_layer" {
  assert {
    condition     = alltrue([for view in values(local.views) : view.layer <= 10])
    error_message = "A view is in a layer above 10: add another resource like view_10 to bigquery.tf."
  }
}

# The function that refreshes the facts reads every table, and changes the rows of the fact tables. A job needs the right to run one in the project.
locals {
  refreshers       = [for name, function in local.schedules : name if try(function.facts, false)]
  refresher_tables = { for pair in setproduct(local.refreshers, keys(module.manifests.tables)) : pair[1] => pair[0] if can(regex("_(facts|summaries)$", pair[1])) }
}

resource "google_bigquery_dataset_iam_member" "refresher" {
  for_each = { for pair in setproduct(local.refreshers, keys(module.dataset)) : pair[1] => pair[0] }

  dataset_id = module.dataset[each.key].id
  role       = "roles/bigquery.dataViewer"
  member     = "serviceAccount:${module.schedule[each.value].account}"
}

resource "google_bigquery_table_iam_member" "refresher" {
  for_each = local.refresher_tables

  dataset_id = var.datasets[split(".", each.key)[0]]
  table_id   = split(".", each.key)[1]
  role       = "roles/bigquery.dataEditor"
  member     = "serviceAccount:${module.schedule[each.value].account}"

  depends_on = [module.dataset]
}

resource "google_project_iam_member" "refresher_jobs" {
  count = length(local.refreshers)

  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = "serviceAccount:${module.schedule[local.refreshers[count.index]].account}"
}

# A query over a view needs the right to read the view and every table below it: facts, which have no payloads. Views over rows per event stay
# closed, because their tables do. https://cloud.google.com/bigquery/docs/views-intro#view_access
locals {
  view_readers = [for name, function in merge(local.schedules, local.consoles) : name if try(function.views, false)]
  accounts     = { for name, function in merge(module.schedule, module.console) : name => function.account }
  # The module grants the right to those that query tables as well.
  view_reader_jobs = [for name in local.view_readers : name if length(try(merge(local.schedules, local.consoles)[name].queries, [])) == 0]
  view_tables      = concat(keys(local.views), [for name in keys(module.manifests.tables) : name if can(regex("_(facts|summaries)$", name))])
}

resource "google_bigquery_table_iam_member" "view_reader" {
  for_each = { for pair in setproduct(local.view_readers, local.view_tables) : "${pair[0]} ${pair[1]}" => { function = pair[0], table = pair[1] } }

  dataset_id = var.datasets[split(".", each.value.table)[0]]
  table_id   = split(".", each.value.table)[1]
  role       = google_project_iam_custom_role.reader.name
  member     = "serviceAccount:${local.accounts[each.value.function]}"

  depends_on = [module.dataset, google_bigquery_table.view_10]
}

resource "google_project_iam_member" "view_reader_jobs" {
  count = length(local.view_reader_jobs)

  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = "serviceAccount:${local.accounts[local.view_reader_jobs[count.index]]}"
}

# Looker's account: https://cloud.google.com/looker/docs/db-config-google-bigquery
resource "google_service_account" "looker" {
  account_id   = "looker"
  display_name = "Looker"
  description  = "Reads only the datasets of ci-tooling"

  depends_on = [google_project_service.service]
}

resource "google_bigquery_dataset_iam_member" "looker" {
  for_each = module.dataset

  dataset_id = each.value.id
  role       = "roles/bigquery.dataViewer"
  member     = google_service_account.looker.member
}

resource "google_project_iam_member" "looker_jobs" {
  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = google_service_account.looker.member
}
