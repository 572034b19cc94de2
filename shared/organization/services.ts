import type { DeploymentTarget, Service } from "./organization.ts";

/** A deployment in the words of the tool that reports it. */
export interface ReportedDeployment {
  app: string;
  environment: string;
}

/** GitHub compares the names of repositories without regard to case. */
export function isSameRepository(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
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

/** Where a tool that reports apps and environments deploys a service to production. */
export function targetsOf(service: Service): ReportedDeployment[] {
  return service.deployments.flatMap((target) =>
    target.source === "freight" || target.source === "report" ? [target] : [],
  );
}

/** The services that a deployment brings to production. Several may share an app. */
export function servicesDeployedBy(
  services: Service[],
  source: DeploymentTarget["source"],
  { app, environment }: ReportedDeployment,
): Service[] {
  return services.filter(({ deployments }) =>
    deployments.some(
      (target) =>
        target.source === source &&
        "app" in target &&
        target.app === app &&
        target.environment === environment,
    ),
  );
}

/**
 * Whether a deployment is one to production: a service says so, or no service has the app and its environment is called production.
 */
export function isProduction(
  services: Service[],
  source: DeploymentTarget["source"],
  deployment: ReportedDeployment,
): boolean {
  if (servicesDeployedBy(services, source, deployment).length > 0) return true;
  const isNamed = services.some((service) => targetsOf(service).some(({ app }) => app === deployment.app));
  return !isNamed && deployment.environment === "production";
}
