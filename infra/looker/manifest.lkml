project_name: "ci_tooling"

# The name under which an administrator made the connection to BigQuery, see docs/looker.md.
constant: CONNECTION {
  value: "ci_tooling"
  export: override_optional
}
