import type { WebpackEvent } from "../../shared/events/event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

/** One event of each type, for the event reference. */
export function examples(receivedAt: Date): WebpackEvent[] {
  const id = "0b1f6a9d3c5e7f8091a2b3c4d5e6f70815d8c3ab5c7f2f2f5c1e8f0a3c4b7d9e1";
  return [normalize({ id, body: fixture("webpack/asset"), receivedAt })];
}
