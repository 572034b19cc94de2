import type { FunctionFolder } from "../manifests/read-functions.ts";
import { assumptions as a, eventsPerDay, type Scale } from "./assumptions.ts";
import { prices } from "./prices.ts";

const KB_PER_GIB = 1024 * 1024;
const GIB_PER_TIB = 1024;
const SECONDS_PER_DAY = 86_400;
/** Memory of an instance; it has one CPU. */
const GIB_PER_INSTANCE = 0.5;

/** Costs of a month in US dollars, by product. @param queriedGibPerDay what queries read */
export function monthlyCosts(
  scale: Scale,
  functions: FunctionFolder[],
  queriedGibPerDay: number,
): Record<string, number> {
  const events = eventsPerDay[scale] * a.daysPerMonth;
  const gib = (events * a.eventKb) / KB_PER_GIB;
  return {
    "Cloud Run functions": functionsCost(events, scale, functions),
    "Pub/Sub": pubsubCost(gib),
    "BigQuery, storage": bigqueryStorageCost(events, gib),
    "BigQuery, queries": bigqueryQueryCost(queriedGibPerDay),
    "Cloud SQL": prices.sql.instanceMonth + 10 * (prices.sql.gibMonth + prices.sql.backupGibMonth),
    "VPC connector": 2 * prices.connector.instanceMonth,
    Logging:
      billedAbove((events * a.logKbPerEvent) / KB_PER_GIB, prices.logging.freeGib) * prices.logging.gib,
    "Secret Manager": secretsCost(scale, functions),
  };
}

function functionsCost(events: number, scale: Scale, functions: FunctionFolder[]): number {
  const { run } = prices;
  const deliveries = events * (1 + a.otherDeliveriesPerEvent);
  const seconds = (events * a.sourceSeconds + deliveries * a.subscriberSeconds) / a.concurrencyReached[scale];
  const kept = functions.reduce((sum, { manifest }) => sum + manifest.resources.minInstances, 0);
  const idle = kept * a.daysPerMonth * SECONDS_PER_DAY;
  return (
    billedAbove(seconds, run.free.vcpuSeconds) * run.vcpuSecond +
    billedAbove(seconds * GIB_PER_INSTANCE, run.free.gibSeconds) * run.gibSecond +
    (billedAbove(events + deliveries, run.free.requests) / 1e6) * run.millionRequests +
    idle * (run.idleVcpuSecond + GIB_PER_INSTANCE * run.idleGibSecond)
  );
}

/** An event is published once, and delivered to metrics and to other subscribers. Google bills messages that a filter drops too. */
function pubsubCost(gib: number): number {
  const moved = gib * (2 + a.otherDeliveriesPerEvent);
  // A topic retains messages for seven days.
  const retained = (gib * 7) / a.daysPerMonth;
  const { pubsub } = prices;
  return (billedAbove(moved, pubsub.freeGib) / GIB_PER_TIB) * pubsub.tib + retained * pubsub.retainedGibMonth;
}

function bigqueryStorageCost(events: number, gib: number): number {
  const { bigquery } = prices;
  const streamed = Math.max(gib, (events * a.rowsPerEvent) / KB_PER_GIB);
  return (
    streamed * bigquery.streamingGib +
    billedAbove(streamed * a.monthsKept, bigquery.freeStoredGib) * bigquery.storedGibMonth
  );
}

function bigqueryQueryCost(gibPerDay: number): number {
  const { bigquery } = prices;
  return (
    billedAbove((gibPerDay * a.daysPerMonth) / GIB_PER_TIB, bigquery.freeQueriedTib) * bigquery.queriedTib
  );
}

function secretsCost(scale: Scale, functions: FunctionFolder[]): number {
  const { secrets } = prices;
  // Two requests per read: the list of versions, and a version.
  const reads = (a.busyInstances[scale] * 2 * a.daysPerMonth * SECONDS_PER_DAY) / 300;
  // A version of each: two during a rotation.
  const named = new Set(functions.flatMap(({ manifest }) => manifest.secrets));
  const versions = billedAbove(named.size, secrets.freeVersions) * secrets.versionMonth;
  return versions + (billedAbove(reads, secrets.freeReads) / 10_000) * secrets.tenThousandReads;
}

/** The billed part of an amount. */
function billedAbove(amount: number, free: number): number {
  return Math.max(0, amount - free);
}
