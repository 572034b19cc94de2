import { z } from "zod";
import type { SentryEvent } from "../../shared/events/event.ts";
import type { Incident } from "../../shared/events/incident.ts";
import { optional, parseBody, pointInTime } from "../../shared/webhook/parse-body.ts";

const text = optional(z.string());
const identifier = z.union([z.string().min(1).max(200), z.int().transform(String)]);

const webhook = z.object({
  action: text,
  actor: optional(z.object({ id: optional(identifier), name: z.string(), type: text })),
  data: z.looseObject({}),
});

const metricAlert = z.object({
  metric_alert: z.object({
    id: identifier,
    title: text,
    date_started: pointInTime,
    date_closed: pointInTime,
    projects: optional(z.array(z.string())),
    alert_rule: optional(z.object({ name: text, projects: optional(z.array(z.string())) })),
  }),
  web_url: text,
});

const eventAlert = z.object({
  event: z.object({
    issue_id: identifier,
    title: text,
    level: text,
    datetime: pointInTime,
    release: text,
    url: text,
    web_url: text,
  }),
});

const issueChange = z.object({
  issue: z.object({
    id: identifier,
    title: text,
    level: text,
    project: optional(z.object({ slug: text })),
    web_url: text,
  }),
});

/** The fields that depend on the resource of a webhook. */
interface Section {
  subject: string;
  project: string | null;
  time: string | null;
  incident: Incident | null;
}

/** Statuses of an issue that end the incident which an alert opened, https://docs.sentry.io/integrations/integration-platform/webhooks/issues/ */
const issueStatuses: Record<string, Incident["status"]> = {
  resolved: "resolved",
  archived: "resolved",
  ignored: "resolved",
  unresolved: "opened",
};

/**
 * Normalizes a webhook of Sentry's integration platform.
 *
 * Alerts open incidents: a metric alert also resolves its own, and an alert about an issue ends when the issue is resolved or archived. A
 * new issue alone is no incident.
 *
 * @param resource Sentry-Hook-Resource
 * @param sentAt Sentry-Hook-Timestamp, RFC 3339; null if it is unreadable
 * @throws {HttpError} 400 if the body has no data
 */
export function normalize({
  id,
  resource,
  sentAt,
  payload,
  receivedAt,
}: {
  id: string;
  resource: string;
  sentAt: string | null;
  payload: Record<string, unknown>;
  receivedAt: Date;
}): SentryEvent {
  const { action: sent, actor, data } = parseBody(webhook, payload);
  const action = sent ?? null;
  const now = sentAt ?? receivedAt.toISOString();
  const section = readSection(resource, action, data, now);
  return {
    id,
    source: "sentry",
    type: ["sentry", resource, ...(action ? [action] : [])].join("."),
    subject: section?.subject ?? resource,
    time: section?.time ?? now,
    receivedAt: receivedAt.toISOString(),
    actor: actor
      ? { id: actor.id ?? null, name: actor.name, type: actor.type === "user" ? "user" : null }
      : null,
    event: resource,
    action,
    project: section?.project ?? null,
    incident: section?.incident ?? null,
    payload,
  };
}

/** @returns null for other resources, and for data of another shape */
function readSection(resource: string, action: string | null, data: object, now: string): Section | null {
  switch (resource) {
    case "metric_alert":
      return readMetricAlert(action, data, now);
    case "event_alert":
      return readEventAlert(data, now);
    case "issue":
      return readIssueChange(action, data, now);
    default:
      return null;
  }
}

function readMetricAlert(action: string | null, data: object, now: string): Section | null {
  const parsed = metricAlert.safeParse(data);
  if (!parsed.success) return null;
  const { metric_alert: alert, web_url } = parsed.data;
  const isResolved = action === "resolved";
  const openedAt = earliest(alert.date_started, now);
  const project = (alert.projects ?? alert.alert_rule?.projects)?.[0] ?? null;
  return {
    subject: `metric-alert/${alert.id}`,
    project,
    // Both in Sentry's time of the alert: a webhook that is sent late does not open an incident again that has ended.
    time: isResolved ? alert.date_closed : openedAt,
    incident: toIncident(`metric-alert/${alert.id}`, {
      title: alert.title ?? alert.alert_rule?.name,
      severity: isResolved ? null : action,
      status: isResolved ? "resolved" : "opened",
      openedAt: isResolved ? alert.date_started : openedAt,
      resolvedAt: isResolved ? (alert.date_closed ?? now) : null,
      link: web_url,
      service: project,
    }),
  };
}

function readEventAlert(data: object, now: string): Section | null {
  const parsed = eventAlert.safeParse(data);
  if (!parsed.success) return null;
  const { event } = parsed.data;
  const openedAt = earliest(event.datetime, now);
  // The project itself is a number here; its slug is in the API's address of the event.
  const project = /\/projects\/[^/]+\/([^/]+)\//.exec(event.url ?? "")?.[1] ?? null;
  return {
    subject: `issue/${event.issue_id}`,
    project,
    time: openedAt,
    incident: toIncident(`issue/${event.issue_id}`, {
      title: event.title,
      severity: event.level,
      status: "opened",
      openedAt,
      link: event.web_url,
      service: project,
      release: event.release,
      sha: findSha(event.release),
    }),
  };
}

function readIssueChange(action: string | null, data: object, now: string): Section | null {
  const parsed = issueChange.safeParse(data);
  if (!parsed.success) return null;
  const { issue } = parsed.data;
  const status = issueStatuses[action ?? ""];
  const project = issue.project?.slug ?? null;
  return {
    subject: `issue/${issue.id}`,
    project,
    time: null,
    incident: status
      ? toIncident(`issue/${issue.id}`, {
          title: issue.title,
          severity: issue.level,
          status,
          resolvedAt: status === "resolved" ? now : null,
          link: issue.web_url,
          service: project,
        })
      : null,
  };
}

/** A start after its own webhook was sent comes from a wrong clock. */
function earliest(startedAt: string | null | undefined, sentAt: string): string {
  return startedAt && startedAt < sentAt ? startedAt : sentAt;
}

type Known = Pick<Incident, "status"> & { [Field in keyof Incident]?: Incident[Field] | undefined };

function toIncident(id: string, known: Known): Incident {
  return {
    id,
    title: known.title ?? null,
    severity: known.severity ?? null,
    status: known.status,
    openedAt: known.openedAt ?? null,
    resolvedAt: known.resolvedAt ?? null,
    link: known.link ?? null,
    service: known.service ?? null,
    sha: known.sha ?? null,
    release: known.release ?? null,
    deploymentId: null,
  };
}

/** Many releases are named after their commit, alone or as `package@sha`: https://docs.sentry.io/product/releases/naming-releases/ */
function findSha(release: string | null | undefined): string | null {
  return /(?:^|@)([0-9a-f]{40})$/.exec(release ?? "")?.[1] ?? null;
}
