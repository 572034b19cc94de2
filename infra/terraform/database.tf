# Cloud SQL for PostgreSQL with a private address: google_cloudfunctions2_function cannot mount Cloud SQL's socket
# (https://github.com/hashicorp/terraform-provider-google/issues/12578). Migrations run outside of the network, through Cloud SQL's
# Auth Proxy; they need the public address, which has no authorized network.

locals {
  needs_database = anytrue([for function in concat(values(module.manifests.subscribers), values(module.manifests.schedules), values(module.manifests.consoles)) : function.database])
  makes_network  = local.needs_database && var.network == ""
  makes_database = local.needs_database && var.database_instance == ""

  network_id = one(concat(google_compute_network.network[*].id, data.google_compute_network.network[*].id))
  instance = one([
    for instance in concat(
      [for made in google_sql_database_instance.instance : { name = made.name, address = made.private_ip_address, ca = made.server_ca_cert[0].cert }],
      [for found in data.google_sql_database_instance.instance : { name = found.name, address = found.private_ip_address, ca = found.server_ca_cert[0].cert }],
    ) : instance
  ])
  database_environment = local.needs_database ? {
    DB_HOST = local.instance.address
    DB_CA   = join("\n", compact([local.instance.ca, var.next_database_ca]))
    DB_NAME = google_sql_database.database[0].name
    DB_USER = "ci-tooling"
  } : {}
}

resource "google_compute_network" "network" {
  count = local.makes_network ? 1 : 0

  name                    = "ci-tooling"
  auto_create_subnetworks = false

  depends_on = [google_project_service.service]
}

data "google_compute_network" "network" {
  count = local.needs_database && !local.makes_network ? 1 : 0

  name = var.network
}

# Addresses for Google's services in the network, https://cloud.google.com/sql/docs/postgres/configure-private-services-access
resource "google_compute_global_address" "services" {
  count = local.makes_network ? 1 : 0

  name          = "ci-tooling-services"
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
  network       = local.network_id
}

resource "google_service_networking_connection" "services" {
  count = local.makes_network ? 1 : 0

  network                 = local.network_id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services[0].name]
}

resource "google_vpc_access_connector" "database" {
  count = local.needs_database ? 1 : 0

  name          = "ci-tooling"
  region        = var.region
  network       = local.network_id
  ip_cidr_range = "10.8.0.0/28"
  machine_type  = "e2-micro"
  min_instances = 2
  max_instances = 3
}

resource "google_sql_database_instance" "instance" {
  count = local.makes_database ? 1 : 0

  name                = "ci-tooling"
  region              = var.region
  database_version    = "POSTGRES_16"
  deletion_protection = true

  settings {
    edition                     = "ENTERPRISE"
    tier                        = var.database_tier
    availability_type           = "ZONAL"
    disk_size                   = 10
    disk_autoresize             = true
    deletion_protection_enabled = true
    user_labels                 = { suite = "ci-tooling" }

    ip_configuration {
      ipv4_enabled    = true
      private_network = local.network_id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "03:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 14
      }
    }

    maintenance_window {
      # Sunday, UTC.
      day          = 7
      hour         = 4
      update_track = "stable"
    }

    # Ten per instance of a function; the default of a small machine is 50.
    database_flags {
      name  = "max_connections"
      value = "200"
    }

    insights_config {
      query_insights_enabled = true
    }
  }

  depends_on = [google_service_networking_connection.services]
}

data "google_sql_database_instance" "instance" {
  count = local.needs_database && !local.makes_database ? 1 : 0

  name = var.database_instance
}

# `npm run secrets -- set DB_PASSWORD` creates the user: created here, its password would be in the state.
resource "google_sql_database" "database" {
  count = local.needs_database ? 1 : 0

  name            = "ci-tooling"
  instance        = local.instance.name
  deletion_policy = "ABANDON"
}
