import { describe, expect, it } from "vitest";
import { explainDeployment } from "../../shared/explain/explain-deployment.ts";
import { type DeploymentFacts, parseDeployName } from "../../shared/explain/read-deployment.ts";
import { inlineParameters } from "./inline-parameters.ts";

const attempt: DeploymentFacts["attempt"] = {
  app: "getsentry",
  environment: "production",
  number: 2,
  position: 2,
  kind: "change",
  sha: "bbbbbbbbbbbbbbbbb",
  deployer: "mira@sentry.io",
  ended_at: "2025-03-03T10:10:00Z",
  first_number: 2,
  live_number: 1,
  change_number: 2,
  change_failed: false,
  is_hotfix: false,
};
const commit: DeploymentFacts["commits"][number] = {
  commit_sha: "m7",
  pull_request_number: 7,
  repository: "getsentry/sentry",
  title: "Fix it",
  author: "mira",
  author_is_bot: false,
  first_deploy: 2,
  clock: "first_commit",
  authored_at: "2025-03-03T08:10:00Z",
  deployed_at: "2025-03-03T10:10:00Z",
  lead_time_seconds: 7200,
};
const sign: DeploymentFacts["signs"][number] = {
  position: 2,
  change_number: 2,
  reason: "revert",
  rule: "reverts_pull_request",
  repository: "getsentry/sentry",
  pull_request_number: 9,
  commit_sha: "m9",
  failed_at: "2025-03-03T10:10:00Z",
  recovered_position: 4,
  recovered_number: 4,
  recovered_at: "2025-03-03T10:40:00Z",
  is_reason: true,
  incident: null,
};
const facts = (more: Partial<DeploymentFacts>): DeploymentFacts => ({
  attempt,
  commits: [],
  signs: [],
  ended: [],
  ...more,
});

describe("the kind of a deploy is explained", () => {
  it.each<[DeploymentFacts["attempt"]["kind"], Partial<DeploymentFacts["attempt"]>, string]>([
    ["change", {}, "It is a change: its commit had not been live. #1 was live before."],
    ["change", { live_number: null }, "the first known deploy"],
    [
      "rollback",
      { first_number: 1, live_number: 3 },
      "its commit first went live as #1, before #3, which was live",
    ],
    ["redeploy", { first_number: 1 }, "its commit first went live as #1, and is not older"],
    ["failure", { change_number: 4 }, "Its commit went live as #4."],
    ["failure", { change_number: null }, "Its commit never went live."],
  ])("%s %j", (kind, more, text) => {
    expect(explainDeployment(facts({ attempt: { ...attempt, kind, ...more } })).sentences[0]).toContain(text);
  });
});

describe("a failure is explained", () => {
  const failed = { ...attempt, change_failed: true };
  it.each<[string, Partial<typeof sign>, string]>([
    ["a revert", {}, "because getsentry/sentry#9 reverts a part of it. #4 ended the failure after 30 min."],
    ["a revert by a commit", { pull_request_number: null }, "because commit m9 reverts a part of it"],
    ["a rollback", { rule: "rollback" }, "because a rollback withdrew it"],
    ["a hotfix", { rule: "label" }, "the next change has getsentry/sentry#9, which is a hotfix by its label"],
    ["a hotfix's branch", { rule: "ref" }, "deployed from a hotfix's branch"],
    ["an open one", { recovered_number: null, recovered_at: null }, "The failure is open"],
    [
      "an incident",
      { rule: "latest", incident: "pagerduty 7", recovered_number: null },
      "because the incident pagerduty 7 is linked to it (latest). The incident's resolution ended the failure after 30 min.",
    ],
  ])("%s", (_, more, text) => {
    const { sentences } = explainDeployment(facts({ attempt: failed, signs: [{ ...sign, ...more }] }));
    expect(sentences[1]).toContain(text);
  });

  it("by the deploy that ended it", () => {
    const { sentences } = explainDeployment(facts({ ended: [{ ...sign, position: 1, change_number: 1 }] }));
    expect(sentences[2]).toBe("It ended the failure of #1: getsentry/sentry#9 reverts a part of it.");
  });
});

describe("the lead time of a commit is explained", () => {
  it.each<[Partial<typeof commit>, boolean, string]>([
    [{}, true, "2 h since its first commit was authored (2025-03-03T08:10:00Z)."],
    [{ clock: "opened" }, true, "because no earlier commit of its branch is known"],
    [{ pull_request_number: null, clock: "commit" }, true, "2 h since it was authored"],
    [{ author_is_bot: true }, false, "Not counted, because a bot is its author"],
    [{ first_deploy: 1 }, false, "Not counted here: #1 shipped it first."],
    [{ repository: null, clock: null }, false, "no event mentioned the pull request"],
    [
      { pull_request_number: null, repository: null, clock: null },
      false,
      "more than a year before the deploy",
    ],
    [{ lead_time_seconds: null }, false, "which is later than the deploy"],
  ])("%j", (more, isCounted, why) => {
    const { commits } = explainDeployment(facts({ commits: [{ ...commit, ...more }] }));
    expect(commits[0]).toMatchObject({ isCounted, why: expect.stringContaining(why) });
  });
});

describe("the name of a deploy", () => {
  it.each([
    ["getsentry#87", { app: "getsentry", number: 87 }],
    ["getsentry/production#87", { app: "getsentry", environment: "production", number: 87 }],
  ])("%s", (name, expected) => {
    expect(parseDeployName(name)).toEqual(expected);
  });

  it.each(["", "getsentry", "#87", "getsentry#x", "a b#1"])("is not %j", (name) => {
    expect(() => parseDeployName(name)).toThrow("is not <app>#<number>");
  });
});

it("values of parameters stay values in the text of a query", () => {
  const sql = inlineParameters("SELECT @app, @number", { app: "a' OR '1'='1\\", number: 3 });
  expect(sql).toBe("SELECT 'a\\' OR \\'1\\'=\\'1\\\\', 3");
  expect(() => inlineParameters("SELECT @other", {})).toThrow("The parameter other has no value");
});
