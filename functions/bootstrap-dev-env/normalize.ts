import { z } from "zod";
import { type BootstrapEvent, bootstrapStep } from "../../shared/events/bootstrap-event.ts";
import { checkShape } from "../../shared/webhook/check-shape.ts";

const report = z.object({ event: bootstrapStep, name: z.string().min(1).max(255) });

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
  const { event, name } = checkShape(report, payload);
  const now = receivedAt.toISOString();
  return {
    id,
    source: "bootstrap-dev-env",
    type: `bootstrap-dev-env.${event}`,
    subject: name,
    time: now,
    receivedAt: now,
    actor: { id: null, name, type: "user" },
    event,
    payload,
  };
}
