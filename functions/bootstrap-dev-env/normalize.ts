import type { BootstrapEvent } from "../../shared/events/event.ts";
import { parseBody } from "../../shared/webhook/parse-body.ts";
import { reportedBootstrap } from "../../shared/webhook/reported-bootstrap.ts";

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
  const { event, name, created_at } = parseBody(reportedBootstrap, payload);
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
