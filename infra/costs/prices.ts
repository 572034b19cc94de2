/**
 * Google's list prices in US dollars, us-central1, as of 2025, without discounts, taxes and support. The linked pages have the
 * present prices.
 */
export const prices = {
  /** https://cloud.google.com/run/pricing, request-based billing, tier 1 */
  run: {
    vcpuSecond: 0.000024,
    gibSecond: 0.0000025,
    /** Idle instances that `minInstances` keeps. */
    idleVcpuSecond: 0.0000025,
    idleGibSecond: 0.0000025,
    millionRequests: 0.4,
    free: { vcpuSeconds: 180_000, gibSeconds: 360_000, requests: 2_000_000 },
  },
  /** https://cloud.google.com/pubsub/pricing: published and delivered bytes; a request counts at least 1 kB */
  pubsub: { tib: 40, freeGib: 10, retainedGibMonth: 0.27, bigquerySubscriptionTib: 50 },
  /** https://cloud.google.com/bigquery/pricing: insertAll counts at least 1 kB a row */
  bigquery: {
    streamingGib: 0.05,
    storedGibMonth: 0.02,
    queriedTib: 6.25,
    freeStoredGib: 10,
    freeQueriedTib: 1,
  },
  /** https://cloud.google.com/sql/pricing: db-g1-small, 10 GB of SSD, backups */
  sql: { instanceMonth: 25.55, gibMonth: 0.17, backupGibMonth: 0.08 },
  /** https://cloud.google.com/vpc/pricing: Serverless VPC Access, an e2-micro each */
  connector: { instanceMonth: 6.11 },
  /** https://cloud.google.com/stackdriver/pricing */
  logging: { gib: 0.5, freeGib: 50 },
  /** https://cloud.google.com/secret-manager/pricing */
  secrets: { versionMonth: 0.06, tenThousandReads: 0.03, freeVersions: 6, freeReads: 10_000 },
} as const;
