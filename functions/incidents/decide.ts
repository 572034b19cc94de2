import type { Incident } from "../../shared/events/incident.ts";
import type { IncidentState } from "../../shared/incidents/incident-state.ts";
import { listTargets, type Target } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { isSameName } from "../../shared/organization/services.ts";

/** Nobody gets a message about an incident that opened longer ago: it was imported, or its event waited in a dead-letter topic. */
const TELL_MS = 24 * 3_600_000;

/** The service that an incident names, by its name in `ci-tooling.yaml` or one of `incidents.names`, in any case. */
export function findService(incident: Pick<Incident, "service">, services: Service[]): Service | undefined {
  const named = incident.service;
  if (named === null) return undefined;
  const byName = services.find(({ name }) => isSameName(name, named));
  return byName ?? services.find(({ incidents }) => incidents.names.some((name) => isSameName(name, named)));
}

/** The apps and environments whose deployments may have caused an incident: all, if it names no service. */
export function listCandidateTargets(service: Service | undefined, services: Service[]): Target[] {
  const named = service ? [service] : services;
  return named.flatMap((one) => listTargets(one, services));
}

/** The service whose deployment it is. */
export function findDeployedService(target: Target, services: Service[]): Service | undefined {
  return services.find((service) =>
    listTargets(service, services).some(
      (one) => one.app === target.app && one.environment === target.environment,
    ),
  );
}

/** Whether an event causes the incident's message, given that there is none yet. */
export function shouldTell(
  state: IncidentState,
  { incidents }: Pick<Service, "incidents">,
  receivedAt: string,
): boolean {
  if (incidents.messages === "off") return false;
  if (state.openedAt === null || state.service === null || state.status !== "opened") return false;
  return Date.parse(receivedAt) - Date.parse(state.openedAt) <= TELL_MS;
}
