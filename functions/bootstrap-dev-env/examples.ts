import type { BootstrapEvent } from "../../shared/events/event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

/** One event of each type, for the event reference. */
export function examples(receivedAt: Date): BootstrapEvent[] {
  const id = "f2f5c1e8f0a3c4b7d9e1f2a3b4c5d6e7f8091a2b3c4d5e6f70815d8c3ab5c7f2";
  return ["start", "end"].map((step) =>
    normalize({ id, payload: fixture(`bootstrap-dev-env/bootstrap-${step}`), receivedAt }),
  );
}
