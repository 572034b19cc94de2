import type { BootstrapEvent } from "../../shared/events/bootstrap-event.ts";

/** The row of a development environment's set-up in `development_metrics`. */
export function toBootstrapMetric(event: BootstrapEvent): Record<string, unknown> {
  const started = event.event === "bootstrap_start";
  return {
    object_id: null,
    source_id: null,
    parent_id: null,
    event: event.event,
    source: event.source,
    start_timestamp: started ? event.time : null,
    end_timestamp: started ? null : event.time,
    meta: JSON.stringify({ username: event.actor?.name ?? null }),
  };
}
