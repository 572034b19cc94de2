# A dataset with its tables, partitioned and clustered according to infra/bigquery/tables. Views are in the root module: they read
# tables of every dataset.

variable "name" {
  description = "Name of the dataset in infra/bigquery."
  type        = string
}

variable "project" {
  type = string
}

variable "location" {
  type = string
}

variable "datasets" {
  description = "Ids of all datasets, by their names in infra/bigquery: views are rewritten to read these."
  type        = map(string)
}

variable "tables" {
  description = "Tables of all datasets, by `<dataset>.<table>`."
  type        = any
}

resource "google_bigquery_dataset" "dataset" {
  dataset_id  = var.datasets[var.name]
  location    = var.location
  description = "ci-tooling"
  labels      = { suite = "ci-tooling" }

  # The tables' rows cannot be restored.
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
      # Of a partition, from its beginning. Partitions of a table without expirationDays stay.
      expiration_ms = try(each.value.expirationDays * 24 * 60 * 60 * 1000, null)
    }
  }
}

output "id" {
  value = google_bigquery_dataset.dataset.dataset_id
}

output "tables" {
  description = "Ids of the tables, by name."
  value       = { for name, table in google_bigquery_table.table : name => table.table_id }
}
