import type { Event } from "../../shared/events/event.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { isSameRepository } from "../../shared/organization/services.ts";

/** https://docs.github.com/webhooks/webhook-events-and-payloads#branch_protection_rule, #repository_ruleset */
const RULE_EVENTS = new Set(["branch_protection_rule", "repository_ruleset"]);

/**
 * Lists the services whose required checks may change with an event: those that take them from GitHub, in the event's repository, or in
 * its organization for a ruleset of the organization. Pure.
 *
 * @returns none for any other event
 */
export function listAffected(event: Event, services: Service[]): Service[] {
  if (event.source !== "github" || !RULE_EVENTS.has(event.event)) return [];
  const { repository, organization } = event;
  return services.filter((service) => {
    if (service.requiredChecks !== "auto") return false;
    if (repository) return isSameRepository(service.repository, repository.fullName);
    return (
      organization !== null && service.repository.toLowerCase().startsWith(`${organization.toLowerCase()}/`)
    );
  });
}
