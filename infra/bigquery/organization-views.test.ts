import { describe, expect, it } from "vitest";
import { type Organization, organizationFile } from "../../shared/organization/organization.ts";
import { organizationViews } from "./organization-views.ts";
import { startFrozenWarehouse } from "./testing/frozen-warehouse.ts";

const service = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  repository: `acme/${name}`,
  branch: "main",
  channel: "#shop",
  ...more,
});

function parse(more: Record<string, unknown>): Organization {
  return organizationFile.parse({
    organization: "acme",
    emailDomain: "acme.example",
    services: [service("shop")],
    ...more,
  });
}

async function rowsOf(organization: Organization, view: string): Promise<Record<string, unknown>[]> {
  const sql = organizationViews(organization)[`product_eng.${view}`] ?? "";
  const warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
  try {
    return await warehouse.rows(sql);
  } finally {
    await warehouse.stop();
  }
}

describe("the views of the organization", () => {
  it("have its time zone, and patterns that match any of its labels, titles or branches", async () => {
    const changeFailure = {
      hotfixLabels: ["it's urgent", "p0 (now)"],
      hotfixTitles: ["^hotfix\\b", "^fire:"],
      hotfixBranches: [],
    };
    const organization = parse({ timeZone: "Europe/Vienna", changeFailure });
    expect(await rowsOf(organization, "organization")).toEqual([
      {
        time_zone: "Europe/Vienna",
        hotfix_label_pattern: "(^|, )(it's urgent|p0 \\(now\\))(, |$)",
        hotfix_title_pattern: "(^hotfix\\b)|(^fire:)",
        hotfix_branch_pattern: null,
        revert_window_hours: 168,
      },
    ]);
  });

  it("have an app for every target of every service", async () => {
    const services = [
      service("shop", {
        team: "web",
        deployments: [
          { source: "freight", app: "store", environment: "production" },
          { source: "github", environment: "live" },
        ],
      }),
      service("api", { deployments: [{ source: "gocd", pipeline: "api", lastStage: "deploy" }] }),
      service("admin", { deployments: [{ source: "freight", app: "store", environment: "production" }] }),
    ];
    const organization = parse({ services, teams: [{ name: "web", channel: "#web" }] });
    expect(await rowsOf(organization, "service_apps")).toEqual([
      { app: "store", environment: "production", service: "shop, admin", team: "web" },
      { app: "shop", environment: "live", service: "shop", team: "web" },
      { app: "api", environment: "production", service: "api", team: null },
    ]);
    expect(await rowsOf(parse({}), "service_apps")).toEqual([]);
  });

  it("have each repository once, also if several services share it", async () => {
    const services = [
      service("shop", { upstream: { repository: "acme/core", bumpAuthors: ["bot"] } }),
      service("api", { repository: "acme/shop" }),
    ];
    expect(await rowsOf(parse({ services }), "service_repositories")).toEqual([
      { repository: "acme/core", service: "shop", team: null },
      { repository: "acme/shop", service: "shop, api", team: null },
    ]);
  });
});
