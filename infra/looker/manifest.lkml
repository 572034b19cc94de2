project_name: "ci_tooling"

# The name under which an administrator made the connection to BigQuery, see docs/looker.md.
constant: CONNECTION {
  value: "ci_tooling"
  export: override_optional
}

# Dataset of the metrics; project.dataset if it is in another project than the one that pays for the queries.
constant: METRICS_DATASET {
  value: "product_eng"
  export: override_optional
}

# Dataset of the community's metrics; project.dataset as above.
constant: OPEN_SOURCE_DATASET {
  value: "open_source"
  export: override_optional
}

# The organization's time zone: the one of the view organization, in which the views' days begin.
constant: TIME_ZONE {
  value: "UTC"
  export: override_optional
}

# The check whose red time the dashboard CI shows first.
constant: REQUIRED_CHECK {
  value: "getsentry required checks"
  export: override_optional
}

constant: GITHUB_URL {
  value: "https://github.com"
  export: override_optional
}
