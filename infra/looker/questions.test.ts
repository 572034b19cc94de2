import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readLookerProject } from "./read-project.ts";

const { dashboards } = await readLookerProject(fileURLToPath(new URL(".", import.meta.url)));

// The questions of people who come from other tools, and DORA's five metrics, https://dora.dev/guides/dora-metrics/
it.each<[question: string, dashboard: string, fields: string[]]>([
  ["deployment frequency", "delivery", ["deployments.finished_deployments"]],
  ["change lead time", "delivery", ["lead_times.lead_time_hours_p50", "lead_times.lead_time_hours_n"]],
  ["change fail rate", "delivery", ["deployments.change_failure_rate", "deployments.changes"]],
  ["failed deployment recovery time", "delivery", ["deployment_failures.recovery_minutes_p50"]],
  ["deployment rework rate", "delivery", ["deployments.deployment_rework_rate"]],
  ["attempts to deploy that failed", "delivery", ["deployments.deploy_failure_rate", "deployments.count"]],
  ["time between deploys", "delivery", ["deployments.hours_between_p50"]],
  ["batch size", "delivery", ["deployments.batch_size_p50"]],
  ["waits between merge and deploy", "delivery", ["undeployed_backlog_by_day.largest_backlog"]],
  ["changes without a lead time", "delivery", ["delivery_by_period.overall_unknown_lead_time_share"]],
  ["whether a month is over", "delivery", ["delivery_by_period.is_partial"]],
  [
    "parts of the cycle time",
    "pull_requests",
    ["coding", "pickup", "review", "merge", "deploy"].map((part) => `pull_request_cycles.${part}_hours_p50`),
  ],
  ["size", "pull_requests", ["pull_request_cycles.changed_lines_p50", "pull_request_cycles.changed_lines_n"]],
  ["review load", "pull_requests", ["review_load_by_period.reviewer", "review_load_by_period.total_reviews"]],
  [
    "merges without a review, or by the author",
    "pull_requests",
    ["pull_request_cycles.unreviewed", "pull_request_cycles.self_merged"],
  ],
  [
    "review rounds, and time as a draft",
    "pull_requests",
    ["pull_request_cycles.review_rounds_p50", "pull_request_cycles.draft_hours_p50"],
  ],
  [
    "age of open pull requests",
    "pull_requests",
    ["open_pull_requests.age_group", "open_pull_requests.waits_for"],
  ],
  ["revert rate", "pull_requests", ["pull_request_cycles.revert_rate"]],
  ["wait in the merge queue", "pull_requests", ["merge_queue_entries.wait_minutes_p50"]],
  ["ejections from the merge queue", "pull_requests", ["merge_queue_entries.ejected_entries"]],
  ["time to green", "ci", ["commit_checks.minutes_to_green_p50", "commit_checks.minutes_to_green_n"]],
  ["flaky checks", "ci", ["check_commits.check_name", "check_commits.flake_rate"]],
  ["time for which main was red", "ci", ["main_red_by_day.overall_red_share"]],
  ["wait for a runner", "ci", ["workflow_jobs.wait_seconds_p50", "workflow_jobs.wait_seconds_p90"]],
  ["minutes of repeated runs", "ci", ["workflow_jobs.total_minutes", "workflow_jobs.total_repeated_minutes"]],
  ["cost by workflow and label", "ci", ["workflow_jobs.labels", "workflow_jobs.total_cost"]],
  ["incidents that a deployment caused", "incidents", ["incidents.linked", "incidents.unlinked"]],
  [
    "time to detect and to resolve",
    "incidents",
    ["incidents.detection_minutes_p50", "incidents.duration_minutes_p50"],
  ],
  ["events that were lost", "suite_health", ["deliveries_by_day.total_missing"]],
  ["last event of each source", "suite_health", ["source_freshness.last_event_time"]],
])("a tile answers: %s", (_, name, fields) => {
  const tiles = dashboards.find(({ dashboard }) => dashboard === name)?.elements ?? [];
  expect(tiles.filter((tile) => fields.every((field) => tile.fields.includes(field)))).not.toEqual([]);
});

it.each([
  ["delivery", "Service", "Team"],
  ["pull_requests", "Service", "Team"],
  ["ci", "Repository", "Branch kind"],
])("the dashboard %s can be filtered by %s and %s", (name, ...filters) => {
  const found = dashboards.find(({ dashboard }) => dashboard === name)?.filters.map((each) => each.name);
  expect(found).toEqual(expect.arrayContaining(filters));
});
