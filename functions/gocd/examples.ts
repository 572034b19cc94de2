import type { GoCDEvent } from "../../shared/events/gocd-event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

const services = [
  {
    name: "relay",
    repository: "getsentry/relay",
    deployments: [{ source: "gocd" as const, pipeline: "deploy-relay", lastStage: "deploy-primary" }],
  },
];

/** One event of each type, for the event reference, as for a service that names the pipeline. */
export function examples(receivedAt: Date): GoCDEvent[] {
  const id = "8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0";
  return ["stage-building", "stage-passed", "stage-failed", "stage-cancelled", "agent"].map((name) =>
    normalize({ id, payload: fixture(`gocd/${name}`), receivedAt, services }),
  );
}
