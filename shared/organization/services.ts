import type { Service } from "./organization.ts";

/** People and tools write the names of services and labels in any case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** GitHub compares the names of repositories without regard to case. */
export function isSameRepository(one: string, other: string): boolean {
  return isSameName(one, other);
}

/** The services whose code is in a repository. @param repository owner/name */
export function servicesOf(services: Service[], repository: string): Service[] {
  return services.filter((service) => isSameRepository(service.repository, repository));
}

/** The repositories of all services and of their upstreams, each once. */
export function listRepositories(services: Service[]): string[] {
  const all = services.flatMap(({ repository, upstream }) => [
    ...(upstream ? [upstream.repository] : []),
    repository,
  ]);
  return all.filter((name, index) => all.findIndex((other) => isSameRepository(name, other)) === index);
}
