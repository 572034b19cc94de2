import type { CommitState } from "../emulators/github/state.ts";
import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, type Scene, toJsonBody } from "./delivery.ts";
import { reportDelivery } from "./reports.ts";

/** An incident of PagerDuty. */
export interface DemoIncident {
  title: string;
  service: string;
  /** Minutes since midnight. */
  opened: number;
  resolved: number;
}

/** PagerDuty's webhooks about the beginning and the end of an incident. They name no deployment. */
export function pagerDutyDeliveries(
  clock: DayClock,
  { title, service, opened, resolved }: DemoIncident,
): { opened: DemoDelivery; resolved: DemoDelivery } {
  const number = clock.number(`incident ${title}`, 9000);
  const id = `Q${clock.hex(`incident ${title}`, 13).toUpperCase()}`;
  const delivery = (event: "triggered" | "resolved", at: number): DemoDelivery => ({
    source: "pagerduty",
    label: `${title}: ${event}`,
    body: toJsonBody({
      event: {
        id: clock.hex(`${id} ${event}`, 26).toUpperCase(),
        event_type: `incident.${event}`,
        resource_type: "incident",
        occurred_at: clock.at(at),
        agent: null,
        client: null,
        data: {
          id,
          type: "incident",
          html_url: `https://example.pagerduty.com/incidents/${id}`,
          number,
          status: event,
          created_at: clock.at(opened),
          title,
          service: { id: "PSERVICE", summary: service, type: "service_reference" },
          priority: { id: "PPRIO01", summary: "P1", type: "priority_reference" },
          urgency: "high",
        },
      },
    }),
  });
  return { opened: delivery("triggered", opened), resolved: delivery("resolved", resolved) };
}

/** 3:10 and 3:40 in minutes since midnight: no deployment of the service finished in the hours before. */
const NIGHT = { opened: 190, resolved: 220 };

/**
 * The incidents of the day: an alert of Sentry at night, which is linked to no deployment, and two that a job reports with the commit that
 * caused them. One of those is resolved. They happen now, so that their channel gets the messages whenever the demo is sent.
 */
export function incidentScenes(
  clock: DayClock,
  { getsentry, snuba }: { getsentry: CommitState | undefined; snuba: CommitState | undefined },
): Scene[] {
  const [alerted, closed] = metricAlertDeliveries(clock, "Too many failed queries");
  const slow = { key: "slow queries", title: "Queries time out", service: "snuba", sha: snuba?.sha };
  const wrong = {
    key: "wrong invoices",
    title: "Invoices show another currency",
    service: "getsentry",
    sha: getsentry?.sha,
  };
  return [
    [alerted],
    [closed, reportedIncident(clock, slow, "opened"), reportedIncident(clock, wrong, "opened")],
    [reportedIncident(clock, slow, "resolved")],
  ];
}

function metricAlertDeliveries(clock: DayClock, title: string): [DemoDelivery, DemoDelivery] {
  const delivery = (action: "critical" | "resolved"): DemoDelivery => ({
    source: "sentry",
    event: "metric_alert",
    now: new Date(clock.at(NIGHT[action === "resolved" ? "resolved" : "opened"])),
    label: `${title}: ${action}`,
    body: toJsonBody({
      action,
      actor: { type: "application", id: "sentry", name: "Sentry" },
      data: {
        metric_alert: {
          id: String(clock.number(title, 100_000)),
          title,
          projects: ["snuba"],
          date_started: clock.at(NIGHT.opened),
          date_closed: action === "resolved" ? clock.at(NIGHT.resolved) : null,
        },
        web_url: "https://example.sentry.io/alerts/rules/details/118/",
      },
    }),
  });
  return [delivery("critical"), delivery("resolved")];
}

function reportedIncident(
  clock: DayClock,
  { key, title, service, sha }: { key: string; title: string; service: string; sha: string | undefined },
  status: "opened" | "resolved",
): DemoDelivery {
  const data = { id: clock.id(key), title, service, sha, severity: "P2", status };
  return reportDelivery(clock, { key: `${key} ${status}`, type: "incident", data });
}
