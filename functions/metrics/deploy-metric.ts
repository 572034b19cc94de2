import type { FreightEvent } from "../../shared/events/freight-event.ts";

/** The row of a production deploy in `development_metrics`; none for other environments. */
export function toDeployMetrics(event: FreightEvent, production: string): Record<string, unknown>[] {
  if (event.environment !== production) return [];
  return [
    {
      object_id: null,
      source_id: event.number,
      parent_id: null,
      event: `deploy_${event.status}`,
      source: "freight",
      start_timestamp: event.startedAt,
      end_timestamp: event.finishedAt,
      meta: JSON.stringify({ app: event.app, head_commit: event.sha, base_commit: event.previousSha }),
    },
  ];
}
