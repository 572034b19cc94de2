terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "6.50.0"
    }
  }

  # Where the state is kept: terraform init -backend-config="bucket=…"
  backend "gcs" {
    prefix = "ci-tooling"
  }
}

provider "google" {
  project = var.project
  region  = var.region

  # Google's quota for budgets and the like is the project's, not that of whoever runs Terraform.
  user_project_override = true
  billing_project       = var.project
}
