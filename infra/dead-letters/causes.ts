import { z } from "zod";
import { causeKey } from "../../shared/dead-letters/dead-letter.ts";
import type { LocalEvent } from "../local/gateway/list-events.ts";

/** Last errors of the suite on this machine, by `causeKey`. */
export function localCauses(events: LocalEvent[]): Map<string, string> {
  return new Map(
    events.flatMap(({ id, subscribers }) =>
      subscribers.flatMap(({ function: subscriber, error }) =>
        error === undefined ? [] : [[causeKey({ event: id, subscriber }), error] as const],
      ),
    ),
  );
}

const timeSeries = z.object({
  timeSeries: z
    .array(z.object({ points: z.array(z.object({ value: z.object({ int64Value: z.string() }) })).min(1) }))
    .optional(),
});
/** A sample is up to four minutes late, https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-pubsub */
const SAMPLED_MS = 10 * 60 * 1000;

/**
 * Reads from Cloud Monitoring how many messages of a subscription were not acknowledged a few minutes ago.
 * https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list
 *
 * @param request sends an authorized GET and returns the parsed body
 * @returns null if there is no sample
 */
export async function countUndelivered(
  { project, subscription, now }: { project: string; subscription: string; now: Date },
  request: (url: string) => Promise<unknown>,
): Promise<number | null> {
  const query = new URLSearchParams({
    filter: `metric.type = "pubsub.googleapis.com/subscription/num_undelivered_messages" AND resource.labels.subscription_id = "${subscription}"`,
    "interval.startTime": new Date(now.getTime() - SAMPLED_MS).toISOString(),
    "interval.endTime": now.toISOString(),
  });
  const url = `https://monitoring.googleapis.com/v3/projects/${project}/timeSeries?${query}`;
  const [series] = timeSeries.parse(await request(url)).timeSeries ?? [];
  // Newest first.
  const newest = series?.points[0]?.value.int64Value;
  return newest === undefined ? null : Number(newest);
}
