import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, toJsonBody } from "./delivery.ts";

/** Setup of a development environment. */
export interface DemoBootstrap {
  name: string;
  /** Minutes since midnight. */
  start: number;
  /** Minutes; null if it never ends. */
  takes: number | null;
}

/** The bootstrap script's reports of its start and its end. */
export function bootstrapDeliveries(clock: DayClock, { name, start, takes }: DemoBootstrap): DemoDelivery[] {
  const report = (event: string, at: number) => ({
    source: "bootstrap-dev-env",
    label: `${name}: ${event}`,
    body: toJsonBody({ event, name, created_at: clock.at(at) }),
  });
  const started = report("bootstrap_start", start);
  return takes === null ? [started] : [started, report("bootstrap_end", start + takes)];
}
