/** Copies of a person's data that `npm run forget` cannot change, and what to do about each. */
export const UNREACHABLE = [
  "Pub/Sub: events that are retained, for 7 days, and dead letters, for 7 more. Replaying one stores its data again",
  "BigQuery: time travel and fail-safe, for 14 days. https://cloud.google.com/bigquery/docs/time-travel",
  "Cloud SQL: the last 14 backups, and point-in-time recovery",
  "Looker: cached results and extracts, as long as Looker keeps them",
  "Slack: messages that were posted. An admin of the workspace deletes them",
  "GitHub, Freight and CI: they send data about the person again if the person acts again",
  "Cloud Logging and Sentry: ids of events, for as long as these keep them; neither names people",
  "ci-tooling.yaml: remove the person from aliases and bumpAuthors",
];
