import type { Event } from "../events/event.ts";
import { readDeployment } from "../events/read-deployment.ts";
import type { DeploymentTarget, Service } from "./organization.ts";
import { isSameRepository } from "./services.ts";

/** What decides which deployments are a service's. */
export type Deployable = Pick<Service, "name" | "repository" | "deployments">;

/** App and environment under which deployments are stored. */
export interface Target {
  app: string;
  environment: string;
}

/** Environment of an app that no service names, and of every deployment of GoCD. */
export const PRODUCTION = "production";

/**
 * Lists the services that a deployment brings to production, in the order of `ci-tooling.yaml`. Several services may share a deployment.
 *
 * @returns [] for an event about anything else, and for a deployment that no service names
 */
export function listDeployedServices<S extends Deployable>(event: Event, services: S[]): S[] {
  return services.filter((service) => service.deployments.some((target) => matches(target, service, event)));
}

function matches(target: DeploymentTarget, service: Deployable, event: Event): boolean {
  const deployment = readDeployment(event);
  if (!deployment) return false;
  switch (target.source) {
    case "github":
      return (
        event.source === "github" &&
        isSameRepository(event.repository?.fullName ?? "", target.repository ?? service.repository) &&
        isSameEnvironment(deployment.environment, target.environment)
      );
    case "gocd":
      return event.source === "gocd" && event.pipeline?.name === target.pipeline;
    default:
      return (
        event.source === target.source &&
        deployment.app === target.app &&
        deployment.environment === target.environment
      );
  }
}

/** The first service of each repository: services that share a deployment and a repository have the same commits. */
export function distinctByRepository<S extends Deployable>(services: S[]): S[] {
  return services.filter(
    ({ repository }, index) =>
      index === services.findIndex((other) => isSameRepository(other.repository, repository)),
  );
}

/** Whether a deployment goes to production: a service names it, or no service does and its environment is called production. */
export function isProduction(event: Event, services: Deployable[]): boolean {
  if (listDeployedServices(event, services).length > 0) return true;
  const deployment = readDeployment(event);
  if (!deployment) return false;
  const { app, environment } = deployment;
  const isNamed = services.some((service) =>
    listTargets(service, services).some((target) => target.app === app),
  );
  return !isNamed && isSameEnvironment(environment, PRODUCTION);
}

/** The apps and environments under which the deployments of a service are stored. */
export function listTargets(service: Deployable, services: Deployable[]): Target[] {
  return service.deployments.map((target) => {
    switch (target.source) {
      case "github": {
        const { environment, repository = service.repository } = target;
        return nameGitHubTarget({ repository, environment }, services);
      }
      case "gocd":
        return {
          app: findPipeline(target.pipeline, services)?.service.name ?? service.name,
          environment: PRODUCTION,
        };
      default:
        return { app: target.app, environment: target.environment };
    }
  });
}

/**
 * Names what GitHub deploys: after the first service that names the repository and the environment, else after the repository.
 *
 * @param repository owner/name
 */
export function nameGitHubTarget(
  { repository, environment }: { repository: string; environment: string },
  services: Deployable[],
): Target {
  for (const { name, repository: own, deployments } of services) {
    const target = deployments.find(
      (one) =>
        one.source === "github" &&
        isSameRepository(one.repository ?? own, repository) &&
        isSameEnvironment(one.environment, environment),
    );
    if (target?.source === "github") return { app: name, environment: target.environment };
  }
  return { app: repository.split("/").at(-1) ?? repository, environment };
}

/** Finds the first service that GoCD's pipeline deploys, and the stage that completes its deployments. */
export function findPipeline<S extends Deployable>(
  pipeline: string,
  services: S[],
): { service: S; lastStage: string } | undefined {
  for (const service of services) {
    const target = service.deployments.find((one) => one.source === "gocd" && one.pipeline === pipeline);
    if (target?.source === "gocd") return { service, lastStage: target.lastStage };
  }
  return undefined;
}

/** GitHub compares the names of environments without regard to case. */
function isSameEnvironment(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
