/**
 * Rows of each fact table per 1,000 accepted events, for an organization whose CI causes most of them: 400 events of check runs, 300 of jobs, 120 of
 * workflow runs and check suites, 60 of pull requests, reviews and comments, 30 pushes; the rest are others.
 */
export const rowsPerThousandEvents: Readonly<Record<string, number>> = {
  "product_eng.event_facts": 1000,
  "product_eng.check_run_facts": 130,
  "product_eng.main_check_run_facts": 13,
  "product_eng.main_commit_facts": 3,
  "product_eng.check_queue_facts": 230,
  "product_eng.workflow_job_facts": 100,
  "product_eng.head_facts": 8,
  "product_eng.pull_request_facts": 3,
  "product_eng.pull_request_detail_facts": 3,
  "product_eng.pull_request_event_facts": 30,
  "product_eng.first_commit_summaries": 2,
  "product_eng.check_commit_summaries": 110,
  "product_eng.source_facts": 0,
  "product_eng.delivery_summaries": 3,
  "product_eng.review_facts": 8,
  "product_eng.issue_facts": 2,
  "product_eng.commit_facts": 30,
  "product_eng.merge_group_event_facts": 4,
  "product_eng.deploy_facts": 1,
  "product_eng.shipment_facts": 2,
  "product_eng.incident_facts": 0.05,
  "product_eng.asset_facts": 20,
  "product_eng.measurement_facts": 5,
  "product_eng.bootstrap_facts": 0.1,
  "product_eng.delivery_attempt_facts": 1000,
  "product_eng.dead_letter_facts": 0.01,
  "open_source.activity_facts": 12,
  "open_source.response_facts": 25,
  "open_source.bot_facts": 0.001,
};

/** Partitions that a refresh changes, where they are not today's and yesterday's: pull requests and issues stay open for weeks. */
export const changedPartitions: Readonly<Record<string, number>> = {
  "product_eng.pull_request_facts": 30,
  "product_eng.pull_request_detail_facts": 30,
  "product_eng.issue_facts": 30,
  "open_source.activity_facts": 30,
};
