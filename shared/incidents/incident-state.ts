import { z } from "zod";
import { type Incident, incidentStatus } from "../events/incident.ts";

const text = z.string().nullable();
const time = z.iso.datetime().nullable();

/** The deployment that an incident is linked to, as it was when it was linked. */
export const linkedDeployment = z.object({
  source: z.string(),
  app: z.string(),
  environment: z.string(),
  id: z.string(),
  number: z.number().nullable(),
  attempt: z.number(),
  sha: text,
  link: text,
  finishedAt: time,
});
export type LinkedDeployment = z.infer<typeof linkedDeployment>;

/** Why an incident is linked to a deployment, the strongest reason first; `none` and `unlinked` have no deployment. */
export const linkReason = z.enum(["deployment", "sha", "release", "latest", "none", "unlinked"]);
export type LinkReason = z.infer<typeof linkReason>;

/** An incident as the database stores it. */
export const incidentState = z.object({
  title: text,
  severity: text,
  status: incidentStatus,
  /** Time of the event that gave the status: an older one does not change it. */
  statusAt: z.iso.datetime(),
  /** When that event arrived, and its id: they decide between events of the same time. */
  statusReceivedAt: time.default(null),
  statusEventId: text.default(null),
  /** null as long as no event says that this is an incident. */
  openedAt: time,
  resolvedAt: time,
  link: text,
  /** In the sender's words. */
  serviceNamed: text,
  sha: text,
  release: text,
  deploymentId: text,
  /** Name of a service in `ci-tooling.yaml`; null if none is mapped. */
  service: text,
  deployment: linkedDeployment.nullable(),
  linkReason,
  /** Slack id of the member who said that the deployment did not cause it. */
  unlinkedBy: text,
  unlinkedAt: time,
});
export type IncidentState = z.infer<typeof incidentState>;

/** What an event reports about an incident. Times are RFC 3339. */
export interface IncidentReport {
  incident: Incident;
  /** When it happened. */
  at: string;
  receivedAt: string;
  eventId: string;
}

/**
 * Merges an event into what is known about its incident. Events may arrive in any order and more than once: the latest event gives the
 * status, of two at the same time the one that resolves, else the one that arrived last. A field
 * that one event leaves out keeps the value of another.
 */
export function mergeIncident(stored: IncidentState | undefined, report: IncidentReport): IncidentState {
  const { incident } = report;
  const latest = !stored || isLater(report, stored) ? incident : undefined;
  const choose = <Value>(reported: Value | null, known: Value | null | undefined) =>
    (latest ? (reported ?? known) : (known ?? reported)) ?? null;
  return {
    title: choose(incident.title, stored?.title),
    severity: choose(incident.severity, stored?.severity),
    ...(!stored || latest ? readStatus(report) : pickStatus(stored)),
    openedAt: earliest(stored?.openedAt ?? null, incident.openedAt),
    link: choose(incident.link, stored?.link),
    serviceNamed: choose(incident.service, stored?.serviceNamed),
    sha: choose(incident.sha, stored?.sha),
    release: choose(incident.release, stored?.release),
    deploymentId: choose(incident.deploymentId, stored?.deploymentId),
    service: stored?.service ?? null,
    deployment: stored?.deployment ?? null,
    linkReason: stored?.linkReason ?? "none",
    unlinkedBy: stored?.unlinkedBy ?? null,
    unlinkedAt: stored?.unlinkedAt ?? null,
  };
}

type Status = Pick<
  IncidentState,
  "status" | "statusAt" | "statusReceivedAt" | "statusEventId" | "resolvedAt"
>;

function readStatus({ incident: { status, resolvedAt }, at, receivedAt, eventId }: IncidentReport): Status {
  return {
    status,
    statusAt: at,
    statusReceivedAt: receivedAt,
    statusEventId: eventId,
    resolvedAt: status === "opened" ? null : (resolvedAt ?? at),
  };
}

function pickStatus({ status, statusAt, statusReceivedAt, statusEventId, resolvedAt }: Status): Status {
  return { status, statusAt, statusReceivedAt, statusEventId, resolvedAt };
}

function isLater({ incident, at, receivedAt, eventId }: IncidentReport, stored: IncidentState): boolean {
  if (at !== stored.statusAt) return at > stored.statusAt;
  if (incident.status !== stored.status) return incident.status === "resolved";
  if (receivedAt !== stored.statusReceivedAt) return receivedAt > (stored.statusReceivedAt ?? "");
  return eventId > (stored.statusEventId ?? "");
}

function earliest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** Removes the link to a deployment, which nothing sets again. */
export function unlink(state: IncidentState, by: string, at: string): IncidentState {
  return { ...state, linkReason: "unlinked", unlinkedBy: by, unlinkedAt: at };
}

/** Whether the deployment of a state counts as the cause. */
export function isLinked({
  deployment,
  linkReason: reason,
}: Pick<IncidentState, "deployment" | "linkReason">): boolean {
  return deployment !== null && reason !== "none" && reason !== "unlinked";
}
