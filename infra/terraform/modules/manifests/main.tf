# Reads the declarations in the rest of the repository. It has no provider, so it can be applied alone; a test compares its output to
# infra/manifests/read-functions.ts.

variable "root" {
  description = "Root folder of the repository."
  type        = string
}

variable "views" {
  description = "Queries by `<dataset>.<view>` that replace those of infra/bigquery/views."
  type        = map(string)
  default     = {}
}

locals {
  functions = {
    for path in fileset(var.root, "functions/*/function.json") :
    basename(dirname(path)) => jsondecode(file("${var.root}/${path}"))
  }
  topics = sort(compact([for function in values(local.functions) : try(function.publishes, "")]))

  # Every subscriber has one of the topic `replay`, for the dead letters that it gave up.
  subscriptions = flatten([
    for name, function in local.functions : [
      for subscription in concat(
        try(function.trigger.subscriptions, []),
        can(function.trigger.subscriptions) ? [{ topic = "replay", filter = "attributes.ce-replayfor = \"${name}\"" }] : []
        ) : [
        for topic in subscription.topic == "*" ? local.topics : [subscription.topic] : {
          name     = "${name}-${topic}"
          function = name
          topic    = topic
          filter   = try(subscription.filter, null)
        }
      ]
    ]
  ])

  # `<dataset>.<table>`
  tables = {
    for path in fileset(var.root, "infra/bigquery/tables/*.json") :
    trimsuffix(basename(path), ".json") => jsondecode(file("${var.root}/${path}"))
  }
  queries = {
    for path in fileset(var.root, "infra/bigquery/views/*.sql") :
    trimsuffix(basename(path), ".sql") => trimsuffix(trimspace(lookup(var.views, trimsuffix(basename(path), ".sql"), file("${var.root}/${path}"))), ";")
  }
  layers = jsondecode(file("${var.root}/infra/bigquery/view-layers.json"))
}

output "sources" {
  description = "Functions that receive webhooks, by name."
  value       = { for name, function in local.functions : name => function if can(function.trigger.http) }
}

output "subscribers" {
  description = "Functions that receive events, by name."
  value       = { for name, function in local.functions : name => function if can(function.trigger.subscriptions) }
}

output "schedules" {
  description = "Functions that Cloud Scheduler calls, by name."
  value       = { for name, function in local.functions : name => function if can(function.trigger.schedule) }
}

output "consoles" {
  description = "Functions that people call through Identity-Aware Proxy, by name."
  value       = { for name, function in local.functions : name => function if can(function.trigger.iap) }
}

output "topics" {
  value = local.topics
}

output "subscriptions" {
  description = "Subscriptions by name: function, topic, filter. The topic * is expanded."
  value       = { for subscription in local.subscriptions : subscription.name => subscription }
}

output "secrets" {
  description = "Names of all secrets that functions read."
  value       = sort(distinct(flatten([for function in values(local.functions) : function.secrets])))
}

output "policy" {
  description = "Retry policy of subscriptions."
  value       = jsondecode(file("${var.root}/infra/manifests/cloud-policy.json"))
}

output "schedule_policy" {
  description = "Retry policy of schedules."
  value       = jsondecode(file("${var.root}/infra/manifests/schedule-policy.json"))
}

output "tables" {
  description = "By `<dataset>.<table>`: description, schema, timePartitioning, clustering."
  value       = local.tables
}

output "views" {
  description = "By `<dataset>.<view>`: the query, the description in its leading comment, and the layer: views read views of lower layers only."
  value = {
    for name, query in local.queries : name => {
      query       = query
      description = replace(regex("^(?:--[^\n]*\n)*", query), "/(?m)^--[ \t]?/", "")
      layer       = local.layers[name]
    }
  }
}
