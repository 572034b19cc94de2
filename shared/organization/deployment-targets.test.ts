import { describe, expect, it } from "vitest";
import { normalize as normalizeFreight } from "../../functions/freight/normalize.ts";
import { normalize as normalizeGitHub } from "../../functions/github/normalize.ts";
import { normalize as normalizeGoCD } from "../../functions/gocd/normalize.ts";
import { fixture } from "../webhook/read-fixture.ts";
import {
  distinctByRepository,
  isProduction,
  listDeployedServices,
  listTargets,
} from "./deployment-targets.ts";
import { parseOrganizationFile } from "./parse-organization-file.ts";

const {
  organization: { services },
} = parseOrganizationFile(
  `organization: acme
emailDomain: acme.example
services:
  - name: shop
    repository: acme/mono
    branch: main
    channel: "#shop"
    deployments:
      - { source: freight, app: mono, environment: live }
      - { source: github, environment: Production }
  - name: admin
    repository: Acme/Mono
    branch: main
    channel: "#shop"
    deployments:
      - { source: freight, app: mono, environment: live }
      - { source: github, environment: production }
  - name: relay
    repository: acme/relay
    branch: main
    channel: "#relay"
    deployments:
      - { source: gocd, pipeline: deploy-relay, lastStage: deploy-primary }
      - { source: github, environment: eu, repository: acme/infrastructure }
`,
  "file",
);
const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const freight = (app_name: string, environment: string) =>
  normalizeFreight({
    id: "1",
    payload: { ...fixture("freight/deploy-finished"), app_name, environment },
    receivedAt,
  });
const github = (full_name: string, environment: string) => {
  const payload = fixture("github/deployment-created");
  const deployment = { ...(payload.deployment as object), environment };
  const changes = { deployment, repository: { id: 1, full_name } };
  return normalizeGitHub({
    id: "1",
    event: "deployment",
    payload: { ...payload, ...changes },
    receivedAt,
    services,
  });
};
const gocd = (name: string) => {
  const text = JSON.stringify(fixture("gocd/stage-passed")).replace("deploy-relay", name);
  return normalizeGoCD({ id: "1", payload: JSON.parse(text), receivedAt, services });
};

describe("a deployment", () => {
  it.each([
    ["Freight's app of two services", freight("mono", "live"), ["shop", "admin"], true],
    ["an app of a service elsewhere", freight("mono", "staging"), [], false],
    [
      "an app of a service to an environment that is only called production",
      freight("mono", "production"),
      [],
      false,
    ],
    ["an app of no service to production", freight("unknown", "production"), [], true],
    ["an app of no service elsewhere", freight("unknown", "live"), [], false],
    [
      "GitHub's environment of two services, in any case",
      github("ACME/mono", "PRODUCTION"),
      ["shop", "admin"],
      true,
    ],
    ["another environment of their repository", github("acme/mono", "preview"), [], false],
    [
      "another repository's environment that a service names",
      github("acme/infrastructure", "eu"),
      ["relay"],
      true,
    ],
    ["a repository of no service to production", github("acme/other", "Production"), [], true],
    ["a pipeline of GoCD", gocd("deploy-relay"), ["relay"], true],
    ["a pipeline that no service names", gocd("build-relay"), [], false],
    ["no deployment at all", normalizeGitHub({ id: "1", event: "push", payload: {}, receivedAt }), [], false],
  ])("of %s", (_, event, deployed, production) => {
    expect(listDeployedServices(event, services).map(({ name }) => name)).toEqual(deployed);
    expect(isProduction(event, services)).toBe(production);
  });

  it.each([
    ["shop", freight("mono", "live")],
    ["admin", github("acme/mono", "production")],
    ["relay", gocd("deploy-relay")],
    ["relay", github("acme/infrastructure", "EU")],
  ])("of %s is stored under one of the service's targets", (name, { deployment }) => {
    const service = services.find((one) => one.name === name);
    if (!service || !deployment) throw new Error("no such service, or no deployment");
    const { app, environment } = deployment;
    expect(listTargets(service, services)).toContainEqual({ app, environment });
  });
});

it("services that share a repository, in any case, are listed once", () => {
  expect(distinctByRepository(services).map(({ name }) => name)).toEqual(["shop", "relay"]);
});
