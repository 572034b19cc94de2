import { expect, it } from "vitest";
import { mergeIncident } from "../../shared/incidents/incident-state.ts";
import { parseOrganizationFile } from "../../shared/organization/parse-organization-file.ts";
import { findDeployedService, findService, listCandidateTargets, shouldTell } from "./decide.ts";

const { services } = parseOrganizationFile(
  `organization: acme
emailDomain: acme.example
services:
  - name: shop
    repository: acme/shop
    branch: main
    channel: "#shop"
    deployments: [{ source: freight, app: shop, environment: production }]
    incidents: { names: [Checkout] }
  - name: docs
    repository: acme/docs
    branch: main
    channel: "#docs"
    deployments: [{ source: report, app: handbook, environment: live }]
`,
  "ci-tooling.yaml",
).organization;

it.each([
  ["shop", "shop"],
  ["SHOP", "shop"],
  ["checkout", "shop"],
  ["docs", "docs"],
  ["handbook", undefined],
  ["", undefined],
  [null, undefined],
])("an incident of %j is one of the service %s", (service, name) => {
  expect(findService({ service }, services)?.name).toBe(name);
});

it("an incident without a service may be caused by any service's deployment", () => {
  const all = listCandidateTargets(undefined, services);
  expect(all.map(({ app }) => app)).toEqual(["shop", "handbook"]);
  expect(listCandidateTargets(services[1], services)).toEqual([{ app: "handbook", environment: "live" }]);
  expect(findDeployedService({ app: "handbook", environment: "live" }, services)?.name).toBe("docs");
  expect(findDeployedService({ app: "handbook", environment: "test" }, services)).toBeUndefined();
});

const opened = "2026-11-02T17:00:00.000Z";
const state = {
  ...mergeIncident(undefined, {
    at: opened,
    receivedAt: opened,
    eventId: "e1",
    incident: {
      ...{
        id: "1",
        title: null,
        severity: null,
        status: "opened" as const,
        openedAt: opened,
        resolvedAt: null,
      },
      ...{ link: null, service: null, sha: null, release: null, deploymentId: null },
    },
  }),
  service: "shop",
};

it.each([
  [{}, "2026-11-03T17:00:00.000Z", true],
  [{}, "2026-11-03T17:00:00.001Z", false],
  [{ status: "resolved" as const }, opened, false],
  [{ service: null }, opened, false],
  [{ openedAt: null }, opened, false],
])("an incident with %j that is received at %s is told: %s", (changes, receivedAt, told) => {
  const telling = { incidents: { names: [], labels: [], messages: "post" as const, linkWithinHours: 24 } };
  expect(shouldTell({ ...state, ...changes }, telling, receivedAt)).toBe(told);
  const muted = { incidents: { ...telling.incidents, messages: "off" as const } };
  expect(shouldTell({ ...state, ...changes }, muted, receivedAt)).toBe(false);
});
