import type { DemoDelivery } from "../delivery.ts";

/** A delivery, and when it would have come: in minutes since the midnight of the demo's day. */
export interface PastDelivery {
  at: number;
  delivery: DemoDelivery;
}
