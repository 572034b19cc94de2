import type { Service } from "../../shared/organization/organization.ts";

/** Services that are deployed from one branch and alert one channel: a red period has one message there. */
export interface Watch {
  /** The first of the services. */
  service: Service;
  /** Names of the services. */
  names: string[];
  /** Names of the services that are deployed from the branch and alert another channel. */
  otherNames: string[];
  /** As configured. */
  channel: string;
  /** Names of the checks that any of the services requires. */
  checks: string[];
}

/**
 * Groups the services of a branch by their channels, and leaves out the channels for which a check counts nothing, and services that have
 * muted messages about a red branch. Pure.
 *
 * @param all the checks that each service of the branch requires
 */
export function groupByChannel(all: { service: Service; checks: string[] }[], check: string): Watch[] {
  const required = all.filter(({ service }) => service.redBranch === "post");
  const watches = new Map<string, Watch>();
  for (const { service, checks } of required) {
    const watch = watches.get(service.channel);
    if (watch) {
      watch.names.push(service.name);
      watch.checks = [...new Set([...watch.checks, ...checks])];
      continue;
    }
    const { name, channel } = service;
    const otherNames = required
      .filter((other) => other.service.channel !== channel)
      .map((other) => other.service.name);
    watches.set(channel, { service, names: [name], otherNames, channel, checks });
  }
  return [...watches.values()].filter(({ checks }) => checks.includes(check));
}
