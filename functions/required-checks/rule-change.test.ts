import { expect, it } from "vitest";
import { service } from "../../test/support/getsentry.ts";
import { normalize } from "../github/normalize.ts";
import { listAffected } from "./rule-change.ts";

const services = [
  { ...service, name: "auto", requiredChecks: "auto" as const },
  { ...service, name: "named" },
  { ...service, name: "other", repository: "getsentry/other", requiredChecks: "auto" as const },
  { ...service, name: "elsewhere", repository: "acme/shop", requiredChecks: "auto" as const },
];
const repository = {
  id: 1,
  name: "getsentry",
  full_name: "GetSentry/getsentry",
  owner: { login: "getsentry" },
  private: true,
};

it.each([
  ["a branch protection", "branch_protection_rule", { repository }, ["auto"]],
  ["a ruleset of the repository", "repository_ruleset", { repository }, ["auto"]],
  [
    "a ruleset of the organization",
    "repository_ruleset",
    { organization: { login: "getsentry" } },
    ["auto", "other"],
  ],
  ["another event", "push", { repository }, []],
])("a change of %s affects the services that take its checks", (_, event, payload, expected) => {
  const normalized = normalize({
    id: "1",
    event,
    payload: { action: "edited", ...payload },
    receivedAt: new Date(),
  });
  expect(listAffected(normalized, services).map(({ name }) => name)).toEqual(expected);
});
