# A dataset with its tables, partitioned, clustered and protected as infra/bigquery/tables says. Views are in the root module: they read
# tables of every dataset.

variable "name" {
  description = "What infra/bigquery calls the dataset."
  type        = string
}

variable "project" {
  type = string
}

variable "location" {
  type = string
}

variable "datasets" {
  description = "Ids of all datasets, by what infra/bigquery calls them: views are rewritten to read these."
  type        = map(string)
}

variable "tables" {
  description = "Of all datasets, by `<dataset>.<table>`."
  type        = any
}

resource "google_bigquery_dataset" "dataset" {
  dataset_id  = var.datasets[var.name]
  location    = var.location
  description = "ci-tooling"
  labels      = { suite = "ci-tooling" }

  # Its tables' rows cannot be had again.
  delete_contents_on_destroy = false
}

resource "google_bigquery_table" "table" {
  for_each = { for name, table in var.tables : split(".", name)[1] => table if split(".", name)[0] == var.name }

  dataset_id          = google_bigquery_dataset.dataset.dataset_id
  table_id            = each.key
  description         = each.value.description
  schema              = jsonencode(each.value.schema.fields)
  clustering          = try(each.value.clustering.fields, null)
  deletion_protection = true
  labels              = { suite = "ci-tooling" }

  dynamic "time_partitioning" {
    for_each = try([each.value.timePartitioning], [])

    content {
      type  = time_partitioning.value.type
      field = time_partitioning.value.field
    }
  }
}

output "id" {
  value = google_bigquery_dataset.dataset.dataset_id
}

output "tables" {
  description = "Ids of the tables, by name: whoever uses one waits until it is there."
  value       = { for name, table in google_bigquery_table.table : name => table.table_id }
}
