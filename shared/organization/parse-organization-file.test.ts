import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../configuration-error.ts";
import { parseOrganizationFile } from "./parse-organization-file.ts";
import { readOrganization, readOrganizationFile } from "./read-organization.ts";

const lines = [
  "organization: acme", // 1
  "emailDomain: acme.example",
  "services:",
  "  - name: shop", // 4
  "    repository: acme/shop",
  "    branch: main",
  "    requiredChecks: [build, test]",
  '    channel: "#shop"', // 8
  "    deployments:",
  "      - { source: github, environment: production }",
  "aliases:",
  "  - email: ada@acme.example", // 12
  "    logins: [ada]",
];

/** The example with some lines replaced, counted from 1. */
function changed(changes: Record<number, string>): string {
  return lines.map((line, index) => changes[index + 1] ?? line).join("\n");
}

function problems(text: string): string[] {
  try {
    parseOrganizationFile(text, "ci-tooling.yaml");
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message.split("\n");
  }
}

describe("an organization's file", () => {
  it("fills in what may be left out", () => {
    const { organization } = parseOrganizationFile(changed({ 7: "", 9: "", 10: "" }), "file");
    expect(organization).toMatchObject({
      timeZone: "UTC",
      services: [{ requiredChecks: "auto", deployments: [], releaseLinks: [] }],
    });
  });

  it.each<[string, Record<number, string>, string[]]>([
    [
      "a missing entry",
      { 2: "" },
      ['ci-tooling.yaml:1:1: emailDomain is missing: write emailDomain: "your-org.example"'],
    ],
    [
      "a missing entry of a service",
      { 8: "" },
      ['ci-tooling.yaml:4:5: services[0].channel is missing: write channel: "#engineering"'],
    ],
    [
      "an empty entry, which a channel without quotes is",
      { 8: "    channel: #shop" },
      ['ci-tooling.yaml:8:5: services[0].channel is missing: write channel: "#engineering"'],
    ],
    [
      "a misspelt key",
      { 8: '    chanel: "#shop"' },
      [
        'ci-tooling.yaml:4:5: services[0].channel is missing: write channel: "#engineering"',
        "ci-tooling.yaml:8:5: services[0].chanel is not a known key: write channel",
      ],
    ],
    [
      "an unknown key",
      { 2: "emailDomain: acme.example\nslack: { token: xoxb }" },
      ["ci-tooling.yaml:3:10: slack.token is not a known key: remove it, or write one of githubField"],
    ],
    [
      "a branch that YAML reads as a number",
      { 6: "    branch: 1.5" },
      ['ci-tooling.yaml:6:5: services[0].branch must be text: write "1.5" in quotes'],
    ],
    [
      "a repository without an owner",
      { 5: "    repository: shop" },
      ["ci-tooling.yaml:5:5: services[0].repository must be owner/name"],
    ],
    [
      "a check that is not in a list",
      { 7: "    requiredChecks: build" },
      ["ci-tooling.yaml:7:5: services[0].requiredChecks must be a list of names of checks, or auto"],
    ],
    [
      "an unknown source of deployments",
      { 10: "      - { source: jenkins, environment: production }" },
      ["ci-tooling.yaml:10:11: services[0].deployments[0].source must be freight, github, gocd or report"],
    ],
    [
      "a target without an environment",
      { 10: "      - { source: github }" },
      [
        'ci-tooling.yaml:10:9: services[0].deployments[0].environment is missing: write environment: "production"',
      ],
    ],
    [
      "an unknown time zone",
      { 2: "emailDomain: acme.example\ntimeZone: Vienna" },
      ["ci-tooling.yaml:3:1: timeZone must be a name of the IANA time zone database, such as Europe/Vienna"],
    ],
    [
      "a check that is named twice",
      { 7: "    requiredChecks: [build, build]" },
      ["ci-tooling.yaml:7:29: build is there already, in line 7: remove one of the two"],
    ],
    [
      "a service that is named twice",
      { 11: '  - { name: Shop, repository: acme/x, branch: main, channel: "#x" }\naliases:' },
      ["ci-tooling.yaml:11:7: Shop is there already, in line 4: remove one of the two"],
    ],
    [
      "a team that does not exist",
      { 11: "    team: payments\naliases:" },
      ["ci-tooling.yaml:11:5: there is no team payments: add it under teams, with its name and channel"],
    ],
    [
      "a service whose upstream is its own repository",
      { 11: "    upstream: { repository: Acme/shop, bumpAuthors: [bot] }\naliases:" },
      [
        "ci-tooling.yaml:11:17: acme/shop is the service's own repository: write the one whose commits arrive as bumps, or remove upstream",
      ],
    ],
    [
      "an alias of somebody who has no address of the organization",
      { 12: "  - email: ada@home.example" },
      [
        "ci-tooling.yaml:12:5: ada@home.example is not an address of acme.example: write the person's address in Slack, and this one under emails",
      ],
    ],
    [
      "a login of two people",
      { 13: "    logins: [ada]\n  - { email: bo@acme.example, logins: [ADA] }" },
      ["ci-tooling.yaml:14:40: ADA is there already, in line 13: remove one of the two"],
    ],
    [
      "a key twice",
      { 2: "emailDomain: acme.example\norganization: x" },
      ["ci-tooling.yaml:3:1: Map keys must be unique"],
    ],
    [
      "an empty file",
      Object.fromEntries(lines.map((_, index) => [index + 1, ""])),
      ["ci-tooling.yaml:1:1: the file must hold keys and values, organization first"],
    ],
  ])("names line and remedy of %s", (_, changes, expected) => {
    expect(problems(changed(changes))).toEqual(expected);
  });

  it("locates the values that it has", () => {
    const { locate } = parseOrganizationFile(changed({}), "file");
    expect(locate(["services", 0, "channel"])).toEqual({ line: 8, column: 5 });
    expect(locate(["services", 0, "feed"])).toEqual({ line: 4, column: 5 });
  });
});

describe("the file that is read", () => {
  it("is the repository's own one by default", () => {
    expect(readOrganization({})).toMatchObject({
      organization: "getsentry",
      services: [{ name: "getsentry" }, { name: "snuba" }],
    });
  });

  it("is named by CI_TOOLING_CONFIG, which must name a file", () => {
    expect(() => readOrganizationFile({ CI_TOOLING_CONFIG: "/nowhere.yaml" })).toThrow(
      "/nowhere.yaml cannot be read: CI_TOOLING_CONFIG must name a file",
    );
  });
});
