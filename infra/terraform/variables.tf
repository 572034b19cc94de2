variable "project" {
  description = "Id of the Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where the functions, the database and the bucket are."
  type        = string
  default     = "us-central1"
}

variable "bigquery_location" {
  description = "Where the datasets are: a region, or US or EU. It cannot be changed later."
  type        = string
  default     = "US"
}

variable "release" {
  description = "The release whose archives are deployed, as `npm run deploy` uploaded them: a commit's sha. `none` makes everything but the functions, which the very first apply needs, and would take them away later."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(none|[0-9a-f]{7,40})$", var.release))
    error_message = "A release is a commit's sha, in hex; none only before the first deploy."
  }
}

variable "environment" {
  description = "What Sentry calls this installation."
  type        = string
  default     = "production"
}

variable "settings" {
  description = "Variables of .env.example that make the suite another organization's, by name: ORGANIZATION, DEPLOY_REPOSITORY, …"
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.settings) : !can(regex("(SECRET|TOKEN|PASSWORD)", name))])
    error_message = "Secrets belong in Secret Manager (npm run secrets -- set NAME), not in variables: they would be in the state."
  }
}

variable "sentry_dsn" {
  description = "Where errors and traces go; empty: nowhere."
  type        = string
  default     = ""
}

variable "sentry_traces_sample_rate" {
  description = "Which part of the deliveries is traced, 0 to 1."
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

variable "releases_kept_days" {
  description = "How long the archives of a release can be rolled back to."
  type        = number
  default     = 90
}

variable "datasets" {
  description = "Names of the datasets, by the names that infra/bigquery has for them."
  type        = map(string)
  default     = { product_eng = "product_eng", open_source = "open_source" }
}

variable "database_instance" {
  description = "Name of a Cloud SQL for PostgreSQL instance that exists already and has a private address in `network`; empty: one is made."
  type        = string
  default     = ""
}

variable "database_tier" {
  description = "Machine type of the instance that is made."
  type        = string
  default     = "db-g1-small"
}

variable "network" {
  description = "Name of the VPC network through which functions reach the database; empty: one is made."
  type        = string
  default     = ""
}

variable "alert_emails" {
  description = "Who is told when an alert fires."
  type        = list(string)
  default     = []
}

variable "silent_sources" {
  description = "Sources from which something arrives every day: a day without is an alert."
  type        = list(string)
  default     = ["github", "slack"]
}

variable "billing_account" {
  description = "Id of the billing account, for the budget alert; empty: no budget."
  type        = string
  default     = ""
}

variable "monthly_budget" {
  description = "Above half, nine tenths and the whole of this per month, in the billing account's currency, e-mails are sent."
  type        = number
  default     = 200
}

variable "deployed_from" {
  description = "owner/name of the GitHub repository whose workflows may deploy; empty: none."
  type        = string
  default     = ""
}
