import { z } from "zod";
import { type BootstrapEvent, bootstrapStep } from "../../shared/events/bootstrap-event.ts";
import { parseBody } from "../../shared/webhook/parse-body.ts";
import { pointInTime } from "../../shared/webhook/point-in-time.ts";

const report = z.object({
  event: bootstrapStep,
  name: z.string().min(1).max(255),
  // When it happened: for reports that are sent later, as from a laptop without a network.
  created_at: pointInTime.nullish(),
});

/**
 * Normalizes a report of the bootstrap script.
 *
 * @throws {HttpError} 400
 */
export function normalize({
  id,
  payload,
  receivedAt,
}: {
  id: string;
  payload: Record<string, unknown>;
  receivedAt: Date;
}): BootstrapEvent {
  const { event, name, created_at } = parseBody(report, payload);
  const now = receivedAt.toISOString();
  return {
    id,
    source: "bootstrap-dev-env",
    type: `bootstrap-dev-env.${event}`,
    subject: name,
    time: created_at ?? now,
    receivedAt: now,
    actor: { id: null, name, type: "user" },
    event,
    payload,
  };
}
