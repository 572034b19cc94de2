import { z } from "zod";
import type { PagerDutyEvent } from "../../shared/events/event.ts";
import type { Incident } from "../../shared/events/incident.ts";
import { optional, parseBody, pointInTime } from "../../shared/webhook/parse-body.ts";

const text = optional(z.string());
const reference = optional(z.object({ id: text, summary: text }));

const webhook = z.object({
  event: z.object({
    id: z.string().min(1).max(255),
    event_type: z.string().min(1).max(255),
    occurred_at: pointInTime,
    agent: reference,
    data: z.looseObject({ id: text, type: text }),
  }),
});

/** The incident of an `incident.*` event. Notes and responders of an incident have other types of data. */
const incident = z.object({
  id: z.string().min(1).max(255),
  type: z.literal("incident"),
  status: z.string(),
  title: text,
  html_url: text,
  created_at: pointInTime,
  service: reference,
  priority: reference,
  urgency: text,
});

/**
 * Normalizes a V3 webhook, https://developer.pagerduty.com/docs/webhooks-overview#webhook-payload
 *
 * @throws {HttpError} 400 if the id or the type of the event is missing
 */
export function normalize({
  payload,
  receivedAt,
}: {
  payload: Record<string, unknown>;
  receivedAt: Date;
}): PagerDutyEvent {
  const { id, event_type, occurred_at, agent, data } = parseBody(webhook, payload).event;
  const time = occurred_at ?? receivedAt.toISOString();
  return {
    id,
    source: "pagerduty",
    type: `pagerduty.${event_type}`,
    subject: data.id || event_type,
    time,
    receivedAt: receivedAt.toISOString(),
    actor: agent?.summary ? { id: agent.id ?? null, name: agent.summary, type: null } : null,
    event: event_type,
    incident: toIncident(data, time),
    payload,
  };
}

function toIncident(data: unknown, time: string): Incident | null {
  const parsed = incident.safeParse(data);
  if (!parsed.success) return null;
  const { id, status, title, html_url, created_at, service, priority, urgency } = parsed.data;
  const isResolved = status === "resolved";
  return {
    id,
    title: title ?? null,
    severity: priority?.summary ?? urgency ?? null,
    status: isResolved ? "resolved" : "opened",
    openedAt: created_at ?? (isResolved ? null : time),
    resolvedAt: isResolved ? time : null,
    link: html_url ?? null,
    service: service?.summary ?? service?.id ?? null,
    sha: null,
    release: null,
    deploymentId: null,
  };
}
