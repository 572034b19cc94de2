import type { FreightEvent } from "../../shared/events/event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

/** One event of each type, for the event reference. */
export function examples(receivedAt: Date): FreightEvent[] {
  const id = "5d8c3ab5c7f2f2f5c1e8f0a3c4b7d9e1f2a3b4c5d6e7f8091a2b3c4d5e6f7081";
  return ["queued", "started", "finished", "failed", "canceled"].map((status) =>
    normalize({ id, payload: fixture(`freight/deploy-${status}`), receivedAt }),
  );
}
