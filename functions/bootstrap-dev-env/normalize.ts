import { z } from "zod";
import { type BootstrapEvent, bootstrapStep } from "../../shared/events/event.ts";
import { parseBody, pointInTime } from "../../shared/webhook/parse-body.ts";

const report = z.object({
  event: bootstrapStep,
  name: z.string().min(1).max(255),
  // Sent by laptops that report later, after a time without a network.
  created_at: pointInTime,
});

/**
 * Normalizes a report of the bootstrap script.
 *
 * @throws {HttpError} 400 if the step or the name is missing or has a wrong type
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
