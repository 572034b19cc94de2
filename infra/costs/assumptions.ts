/** What is assumed about the events. Change what is different at your place: `npm run costs` reads it. */
export const assumptions = {
  daysPerMonth: 30,
  /** Mean size of an event in Pub/Sub: GitHub's payloads are 5 to 30 kB, all others below 2 kB. */
  eventKb: 12,
  /** Rows that metrics writes for an event: one in events, some in other tables. */
  rowsPerEvent: 1.4,
  /** Deliveries besides the one to metrics that pass some subscription's filter, per event. */
  otherDeliveriesPerEvent: 0.15,
  /** How long an instance works on a delivery, in seconds; GitHub asks, Slack posts and BigQuery inserts are waited for. */
  sourceSeconds: 0.05,
  subscriberSeconds: 0.15,
  /** Deliveries that one instance handles at the same time when there is enough to do, which share its seconds. */
  concurrencyReached: { ten_thousand: 1, one_million: 2, hundred_million: 15 },
  /** Bytes of log lines per event at LOG_LEVEL=INFO, with what Cloud Run writes of each request. */
  logKbPerEvent: 1.5,
  /** Months of rows that are kept, and how much Looker scans a day: tables are partitioned by day. */
  monthsKept: 12,
  queriedGibPerDay: 20,
  /** Versions of secrets, and instances that read them: each again every five minutes. */
  secretVersions: 11,
  busyInstances: { ten_thousand: 2, one_million: 6, hundred_million: 60 },
} as const;

export type Scale = keyof typeof assumptions.concurrencyReached;

export const eventsPerDay: Record<Scale, number> = {
  ten_thousand: 10_000,
  one_million: 1_000_000,
  hundred_million: 100_000_000,
};
