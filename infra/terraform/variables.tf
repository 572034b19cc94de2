variable "project" {
  description = "Id of the Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the functions, the database and the bucket."
  type        = string
  default     = "us-central1"
}

variable "bigquery_location" {
  description = "Location of the datasets: a region, or US or EU. It cannot be changed later."
  type        = string
  default     = "US"
}

variable "release" {
  description = "Sha of the commit to deploy; `npm run deploy` has uploaded its archives. `none` creates everything except the functions: the first apply needs it, a later one would delete them."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(none|[0-9a-f]{7,40})$", var.release))
    error_message = "A release is the hexadecimal sha of a commit, or none before the first deploy."
  }
}

variable "environment" {
  description = "Sentry's environment."
  type        = string
  default     = "production"
}

variable "settings" {
  description = "Variables of .env.example for every function, by name: LOG_LEVEL, … Your organization is described in ci-tooling.yaml."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.settings) : !can(regex("(SECRET|TOKEN|PASSWORD)", name))])
    error_message = "Secrets belong in Secret Manager (npm run secrets -- set NAME), not in variables, which are part of the state."
  }

  # A function with one of them would not start.
  validation {
    condition     = alltrue([for name in keys(var.settings) : !can(regex("^(ORGANIZATION|DEPLOY_(APP|ENVIRONMENT|REPOSITORY|BRANCH)|UPSTREAM_REPOSITORY|BUMP_AUTHORS|BOT_LOGINS|REQUIRED_CHECK(_CHANNEL)?|EMAIL_DOMAIN|SLACK_GITHUB_FIELD|FREIGHT_URL|RELEASE_LINKS|TYPESCRIPT_(TREES|IGNORED))$", name))])
    error_message = "Your organization is described in ci-tooling.yaml, which a build embeds into the functions: see docs/setup.md, step 3."
  }
}

variable "sentry_dsn" {
  description = "Sentry's DSN for errors and traces; off when empty."
  type        = string
  default     = ""
}

variable "sentry_traces_sample_rate" {
  description = "Share of the deliveries that are traced, 0 to 1."
  type        = number
  default     = 0.1
}

variable "runtime" {
  description = "Runtime of the functions."
  type        = string
  default     = "nodejs24"
}

variable "message_retention" {
  description = "How long topics and subscriptions keep messages, in seconds with an s."
  type        = string
  default     = "604800s"
}

variable "datasets" {
  description = "Names of the datasets, by their names in infra/bigquery."
  type        = map(string)
  default     = { product_eng = "product_eng", open_source = "open_source" }
}

variable "database_instance" {
  description = "Name of an existing Cloud SQL for PostgreSQL instance with a private address in `network`; a new one when empty."
  type        = string
  default     = ""
}

variable "database_tier" {
  description = "Machine type of a new instance."
  type        = string
  default     = "db-g1-small"
}

variable "next_database_ca" {
  description = "Certificate of the database's next certificate authority, as PEM: functions trust it too while it replaces the present one (docs/runbook.md)."
  type        = string
  default     = ""
}

variable "network" {
  description = "Name of the VPC network between functions and database; a new one when empty."
  type        = string
  default     = ""
}

variable "alert_emails" {
  description = "E-mail addresses that receive alerts."
  type        = list(string)
  default     = []
}

variable "silent_sources" {
  description = "Sources that send events every day: a day without one triggers an alert."
  type        = list(string)
  default     = ["github", "slack"]
}

variable "billing_account" {
  description = "Id of the billing account, for the budget alert; no budget when empty."
  type        = string
  default     = ""
}

variable "monthly_budget" {
  description = "Monthly budget in the billing account's currency: an e-mail is sent at 50, 90 and 100 %."
  type        = number
  default     = 200
}

variable "deployed_from" {
  description = "owner/name of the GitHub repository whose workflows may deploy; none when empty."
  type        = string
  default     = ""
}

variable "deployed_from_id" {
  description = "Id of that repository: `gh api repos/OWNER/NAME --jq .id`. Somebody else can register the name after a rename, but never gets the id."
  type        = string
  default     = ""

  validation {
    condition     = var.deployed_from == "" || can(regex("^[0-9]+$", var.deployed_from_id))
    error_message = "deployed_from needs deployed_from_id, the repository's id: gh api repos/OWNER/NAME --jq .id"
  }
}

variable "console_domain" {
  description = "Domain of the console in the cloud, whose A record has the address of the output `console_address`; no console when empty."
  type        = string
  default     = ""
}

variable "console_members" {
  description = "Who may read in the console: members of IAM, as group:engineering@example.com. ci-tooling.yaml names those of them who may replay."
  type        = list(string)
  default     = []
}

variable "organization_views" {
  description = "Queries by `<dataset>.<view>` with the services, repositories and settings of the file that CI_TOOLING_CONFIG names, as `npm run config -- views` prints them. `npm run deploy` sets it; without it, the views are those of ci-tooling.yaml."
  type        = map(string)
  default     = {}
}
