/** Assumptions about the events. Change them to your numbers; `npm run costs` reads them. */
export const assumptions = {
  daysPerMonth: 30,
  /** Mean size of an event in Pub/Sub: GitHub's payloads are 5 to 30 kB, all others below 2 kB. */
  eventKb: 12,
  /** Rows that metrics writes per event: one in events, others in further tables. */
  rowsPerEvent: 1.4,
  /** Deliveries per event that pass a subscription's filter, besides the one to metrics. */
  otherDeliveriesPerEvent: 0.15,
  /** Seconds that an instance works on a delivery, including its calls to GitHub, Slack and BigQuery. */
  sourceSeconds: 0.05,
  subscriberSeconds: 0.15,
  /** Deliveries that one busy instance handles at the same time; they share its seconds. */
  concurrencyReached: { ten_thousand: 1, one_million: 2, hundred_million: 15 },
  /** Bytes of log lines per event at LOG_LEVEL=INFO, including Cloud Run's request logs. */
  logKbPerEvent: 1.5,
  /** Months of stored rows. */
  monthsKept: 13,
  /** Minutes between refreshes of the facts, days that a dashboard shows, and how often each dashboard is opened without a cached result. */
  refreshMinutes: 10,
  tileDays: 28,
  dashboardOpeningsPerDay: { ten_thousand: 5, one_million: 20, hundred_million: 50 },
  /** Instances that read secrets every five minutes. */
  busyInstances: { ten_thousand: 2, one_million: 6, hundred_million: 60 },
} as const;

export type Scale = keyof typeof assumptions.concurrencyReached;

export const eventsPerDay: Record<Scale, number> = {
  ten_thousand: 10_000,
  one_million: 1_000_000,
  hundred_million: 100_000_000,
};
