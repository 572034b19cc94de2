import { describe, expect, it } from "vitest";
import { parseOrganizationFile } from "./parse-organization-file.ts";
import { listRepositories, servicesOf } from "./services.ts";

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
