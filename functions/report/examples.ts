import type { ReportEvent } from "../../shared/events/event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

/** One event of each type, for the event reference. */
export function examples(receivedAt: Date): ReportEvent[] {
  return ["deployment", "measurement", "incident-opened", "incident-resolved", "bootstrap", "assets"].map(
    (name) => normalize({ id: `docs-${name}-118`, payload: fixture(`report/${name}`), receivedAt }),
  );
}
