terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "6.50.0"
    }
  }

  # Bucket of the state: terraform init -backend-config="bucket=…"
  backend "gcs" {
    prefix = "ci-tooling"
  }
}

provider "google" {
  project = var.project
  region  = var.region

  # Budgets and similar services use the project's quota instead of the user's.
  user_project_override = true
  billing_project       = var.project
}
