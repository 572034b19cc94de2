import { expect, it } from "vitest";
import { parseOrganizationFile } from "../../shared/organization/parse-organization-file.ts";
import { explain } from "./explain.ts";

const text = `organization: acme
emailDomain: acme.example
bots: [bump-bot]
services:
  - name: shop
    repository: acme/shop
    branch: main
    upstream: { repository: acme/library, bumpAuthors: [bump-bot] }
    requiredChecks: [build, test]
    channel: "#shop"
    deployments:
      - { source: freight, app: store, environment: live }
  - { name: search, repository: acme/shop, branch: main, channel: "#search", redBranch: off, team: web }
teams: [{ name: web, channel: "#web" }]
aliases:
  - { email: ada@acme.example, logins: [ada, ada-old] }
typescript:
  trees: [{ repository: acme/shop, path: src }]
`;
const file = { ...parseOrganizationFile(text, "a.yaml"), file: "a.yaml" };

it.each([
  [
    "Acme/shop",
    [
      "a.yaml:5: shop is acme/shop, branch main",
      "a.yaml:9: a commit of main is good when it passes “build” and “test”",
      "a.yaml:10: #shop gets a message when main is red",
      "a.yaml:10: #shop gets a message about each incident",
      "a.yaml:5: messages have no button Deploy: there is no deployPage",
      "a.yaml:12: deployments of freight, app store, environment live, bring shop to production",
      "a.yaml:13: search is acme/shop, branch main",
      "a.yaml:13: a commit of main is good when it passes the checks that GitHub requires",
      "a.yaml:13: nobody gets a message when main is red",
      "a.yaml:13: #search gets a message about each incident",
      "a.yaml:13: it belongs to the team web",
      "a.yaml:14: #web gets a weekly digest",
      "a.yaml:13: messages have no button Deploy: there is no deployPage",
      "a.yaml:1: its events are counted, and its members are internal",
      "a.yaml:18: the command typescript counts src",
    ],
  ],
  [
    "acme/library",
    [
      "a.yaml:8: bump-bot bring its commits to acme/shop: their authors get the messages",
      "a.yaml:1: its events are counted, and its members are internal",
    ],
  ],
  ["other/tool", ["a.yaml:1: its events are counted, but other is not the organization"]],
  ["store", ["a.yaml:12: deployments of freight, app store, environment live, bring shop to production"]],
  [
    "bump-bot",
    [
      "a.yaml:3: bump-bot is a bot: it gets no messages, and is not counted as a person",
      "a.yaml:8: bump-bot bumps the upstream of shop: the authors of the upstream commits get the messages instead",
    ],
  ],
  ["ADA-old", ["a.yaml:16: ada, ada-old are ada@acme.example in Slack"]],
  ["nobody", []],
])("explains %s", (subject, expected) => {
  expect(explain(subject, file)).toEqual(expected);
});
