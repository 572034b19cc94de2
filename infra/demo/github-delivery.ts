import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, toJsonBody } from "./delivery.ts";

export interface GitHubDelivery {
  /** X-GitHub-Event. */
  event: string;
  /** Unique among the demo's GitHub deliveries; X-GitHub-Delivery is derived from it. */
  key: string;
  label: string;
  payload: unknown;
}

export function githubDelivery(
  clock: DayClock,
  { event, key, label, payload }: GitHubDelivery,
): DemoDelivery {
  return { source: "github", event, id: clock.id(key), label, body: toJsonBody(payload) };
}
