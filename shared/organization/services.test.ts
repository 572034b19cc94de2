import { describe, expect, it } from "vitest";
import { parseOrganizationFile } from "./parse-organization-file.ts";
import { isProduction, listRepositories, servicesDeployedBy, servicesOf } from "./services.ts";

const freight = "deployments: [{ source: freight, app: mono, environment: live }]";
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
    upstream: { repository: acme/library, bumpAuthors: [bump-bot] }
    ${freight}
  - { name: admin, repository: Acme/Mono, branch: main, channel: "#shop", ${freight} }
  - name: search
    repository: acme/search
    branch: main
    channel: "#search"
    deployments: [{ source: report, app: search, environment: eu }]
`,
  "file",
);
const names = (found: typeof services) => found.map(({ name }) => name);

describe("the services", () => {
  it("of a repository are found in any case", () => {
    expect(names(servicesOf(services, "acme/mono"))).toEqual(["shop", "admin"]);
    expect(names(servicesOf(services, "acme/other"))).toEqual([]);
  });

  it("have repositories and upstreams, each once", () => {
    expect(listRepositories(services)).toEqual(["acme/library", "acme/mono", "acme/search"]);
  });
});

describe("a deployment", () => {
  it.each([
    ["freight", "mono", "live", ["shop", "admin"], true],
    ["report", "mono", "live", [], false],
    ["freight", "mono", "production", [], false],
    ["report", "search", "eu", ["search"], true],
    ["freight", "unknown", "production", [], true],
    ["freight", "unknown", "live", [], false],
  ] as const)(
    "by %s of %s to %s brings %j to production: %s",
    (source, app, environment, deployed, production) => {
      expect(names(servicesDeployedBy(services, source, { app, environment }))).toEqual(deployed);
      expect(isProduction(services, source, { app, environment })).toBe(production);
    },
  );
});
