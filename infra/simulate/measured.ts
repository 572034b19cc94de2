/** What the simulation takes from measurements: `npm run bench` prints them, docs/performance.md has those of the last run. */
export const measured = {
  /** CPU seconds of an event. A vCPU of Cloud Run is taken to be as fast as a core of the machine that ran the bench. */
  cpuSeconds: { source: 0.0004, metrics: 0.001, stateful: 0.005 },
  /** Seconds from the start of a process to its first response. */
  firstResponseSeconds: { source: 0.4, metrics: 0.5, stateful: 0.6 },
} as const;

/** What is assumed of the services that the bench replaces, with the page that describes it where there is one. */
export const assumed = {
  /** Seconds that a delivery waits for Pub/Sub, BigQuery, and for Postgres, GitHub and Slack together. */
  waitSeconds: { source: 0.05, metrics: 0.15, stateful: 0.5 },
  /** Seconds until a container runs, before the process starts. */
  containerSeconds: 1,
  /** Mean bytes of an event in Pub/Sub. */
  eventBytes: 12_000,
  /** Rows per event, over all tables, and bytes of a row: the payload is in one of them. */
  rowsPerEvent: 1.4,
  /** Part of all events that pass the filter of a subscriber with state. */
  statefulShare: 0.05,
  /** Messages in the busiest channel per event: only changes of the state of master are posted. */
  messagesPerEvent: 0.0002,
} as const;

/** Limits of the services. Quotas of a project can be raised; as of 2025. */
export const limits = {
  /** Large regions, https://cloud.google.com/pubsub/quotas */
  publishBytesPerSecond: 4e9,
  pushBytesPerSecond: 440e6,
  /** Multi-regions US and EU, https://cloud.google.com/bigquery/quotas#streaming_inserts */
  insertBytesPerSecond: 1e9,
  /** chat.postMessage, per channel, https://docs.slack.dev/apis/web-api/rate-limits/ */
  messagesPerChannelSecond: 1,
  /** A request waits this long for an instance, then it gets 429: https://cloud.google.com/run/docs/about-instance-autoscaling */
  queueSeconds: 10,
  /** Target of the autoscaler for CPU and for concurrency, over a minute; same page. */
  targetUtilization: 0.6,
  windowSeconds: 60,
  /** An idle instance is kept up to this long; same page. */
  idleSeconds: 900,
} as const;
