import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunningGitHub } from "../../infra/emulators/github/start.ts";
import type { Annotation, CheckRunState, Repository } from "../../infra/emulators/github/state.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import { workspaceUser } from "../../infra/local/seed/slack.ts";
import { database } from "../../shared/database/database.ts";
import { commitChecks, failedChecks, processedEvents, slackMessages } from "../../shared/database/schema.ts";
import { findUserBySlackId, setPreferences } from "../../shared/database/users.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { checkRunDelivery } from "../support/check-run-delivery.ts";
import { conversation } from "../support/render-message.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

/** The whole suite for an organization that has GitHub alone: docs/examples/github-only.yaml. */

const ada = { login: "ada-acme", name: "Ada Lind", email: "ada@home.example" };
const shas = ["a", "b", "c", "d"].map((letter) => letter.repeat(40));
let suite: TestSuite;
let slack: RunningSlack;
let github: RunningGitHub;
let shop: Repository;
let deliveries = 0;

beforeAll(async () => {
  process.env.CI_TOOLING_CONFIG = "docs/examples/github-only.yaml";
  const commits = shas.map((sha, index) => ({
    sha,
    message: `feat: Sell more (#${index + 1})`,
    author: ada,
    date: "2026-11-02T12:00:00Z",
  }));
  shop = {
    fullName: "acme/shop",
    private: true,
    defaultBranch: "main",
    requiredChecks: { protection: ["build"], rulesets: [["test"]] },
    commits,
    pullRequests: [
      {
        number: 9,
        title: "feat: Queue",
        author: "ada-acme",
        headSha: "e".repeat(40),
        headBranch: "feat/queue",
        baseSha: shas[0] ?? "",
        merged: null,
      },
    ],
  };
  suite = await startTestSuite({
    githubState: {
      organizations: [{ login: "acme", members: ["ada-acme"] }],
      repositories: [shop],
      users: [],
    },
  });
  if (!suite.services.slack || !suite.services.github)
    throw new Error("These tests need the local Slack and GitHub");
  slack = suite.services.slack.current;
  github = suite.services.github.current;
  slack.workspace.channels.push({ id: "C0SHOP", name: "shop", joined: true });
  slack.workspace.users.push(workspaceUser("U0ADA", "Ada Lind", { email: "ada@acme.example" }));
});
beforeEach(async () => {
  slack.workspace.messages.length = 0;
  shop.checkRuns = [];
  for (const table of [failedChecks, commitChecks, slackMessages, processedEvents])
    await database().delete(table);
});
afterAll(() => suite.stop());

/** A check completes: GitHub lists its run, and sends an event. */
async function complete(
  name: string,
  index: number,
  conclusion: string,
  { branch = "main", annotations = [] }: { branch?: string; annotations?: Annotation[] } = {},
) {
  const sha = shas[index] ?? "";
  const id = 1000 + ++deliveries;
  const startedAt = new Date(Date.UTC(2026, 10, 2, 12, deliveries)).toISOString();
  const completedAt = new Date(Date.UTC(2026, 10, 2, 12, deliveries + 10)).toISOString();
  const run: CheckRunState = {
    id,
    name,
    headSha: sha,
    status: "completed",
    conclusion,
    startedAt,
    completedAt,
    annotations,
  };
  shop.checkRuns?.push(run);
  const body = checkRunDelivery({
    repository: "acme/shop",
    branch,
    sha,
    name,
    conclusion,
    id,
    startedAt,
    completedAt,
  });
  expect((await suite.send("github", body, { event: "check_run", id: `check-${id}` })).status).toBe(202);
  await suite.local.idle();
}

async function changeRules(event: string, body: object) {
  const sent = { action: "edited", organization: { login: "acme" }, ...body };
  expect((await suite.send("github", sent, { event, id: `rules-${++deliveries}` })).status).toBe(202);
  await suite.local.idle();
}

let deploySteps = 0;

/** @param state of the status; `queued` for the deployment itself */
async function deploy(event: "deployment" | "deployment_status", state: string) {
  const created = fixture("github/deployment-created") as { deployment: object };
  const sent = fixture("github/deployment-status-success") as { deployment_status: object };
  const time = new Date(Date.UTC(2026, 10, 2, 15, ++deploySteps)).toISOString();
  const deployment = {
    ...created.deployment,
    id: 77,
    sha: shas[3],
    ref: "main",
    created_at: "2026-11-02T15:00:00Z",
  };
  const body =
    event === "deployment"
      ? { ...created, deployment, repository }
      : {
          ...sent,
          deployment,
          repository,
          deployment_status: { ...sent.deployment_status, state, created_at: time, updated_at: time },
        };
  expect((await suite.send("github", body, { event, id: `deploy-${deploySteps}` })).status).toBe(202);
  await suite.local.idle();
}

const channel = () => conversation(slack.messages(), "C0SHOP");
const toAda = () => conversation(slack.messages(), "D0ADA");
const repository = {
  id: 7,
  name: "shop",
  full_name: "acme/shop",
  private: true,
  owner: { login: "acme", type: "Organization" },
};

it("the warehouse has the services, repositories and checks of the file", async () => {
  expect(await suite.local.query("SELECT * FROM product_eng.service_apps")).toEqual([
    { app: "shop", environment: "production", service: "shop", team: "storefront" },
  ]);
  expect(await suite.local.query("SELECT * FROM product_eng.service_repositories")).toEqual([
    { repository: "acme/handbook", service: "handbook", team: null },
    { repository: "acme/shop", service: "shop", team: "storefront" },
  ]);
  expect(await suite.local.query("SELECT time_zone FROM product_eng.organization")).toEqual([
    { time_zone: "Europe/Vienna" },
  ]);
});

describe("the branch main", () => {
  it("is red while any required check fails, with one message that is edited", async () => {
    await complete("build", 0, "failure");
    await complete("test", 1, "failure");
    expect(channel()).toMatchObject([
      {
        says: expect.stringMatching(/`aaaaaaa`> is failing .*\nFailing: \*build\*, \*test\*$/),
        color: colors.red,
      },
    ]);
    expect(channel()[0]?.thread).toMatchObject([
      { says: expect.stringMatching(/`bbbbbbb`> is failing .*\nFailing: \*test\*\n/) },
    ]);

    await complete("build", 2, "success");
    expect(channel()).toMatchObject([
      {
        says: expect.stringMatching(/is not failing any more, but the branch is .*\nFailing: \*test\*$/),
        color: colors.red,
      },
    ]);

    await complete("test", 2, "success");
    expect(channel()).toMatchObject([
      { says: expect.stringContaining("was failing and is now fixed"), color: colors.green },
    ]);
    expect(channel()[0]?.thread?.at(-1)?.says).toContain("*acme/shop@main* is now passing again");
  });

  it("lists the annotations of a failed check in the thread", async () => {
    const annotation = (message: string): Annotation => ({
      path: "src/cart.ts",
      startLine: 7,
      level: "failure",
      title: null,
      message,
    });
    await complete("build", 0, "failure", {
      annotations: [
        annotation("Type <string> is missing"),
        annotation("Process completed with exit code 2."),
      ],
    });
    expect(channel()[0]?.thread).toEqual([
      {
        says: `<https://github.com/acme/shop/blob/${shas[0]}/src/cart.ts#L7|src/cart.ts:7> Type &lt;string&gt; is missing`,
      },
    ]);
  });

  it("is not red for a check that nothing requires, until a ruleset does", async () => {
    await complete("lint", 0, "failure");
    expect(channel()).toEqual([]);
    shop.requiredChecks = { protection: ["build"], rulesets: [["test"], ["lint"]] };
    await changeRules("repository_ruleset", { repository });
    await complete("lint", 0, "failure");
    expect(channel()).toHaveLength(1);
    shop.requiredChecks = { protection: ["build"], rulesets: [["test"]] };
    await changeRules("branch_protection_rule", { repository });
    await complete("lint", 1, "failure");
    expect(channel()[0]?.thread ?? []).toHaveLength(0);
  });
});

describe("a required commit status", () => {
  async function report(index: number, state: "success" | "failure") {
    const sha = shas[index] ?? "";
    shop.statuses?.push({ context: "jenkins", sha, state });
    const time = new Date(Date.UTC(2026, 10, 2, 13, ++deliveries)).toISOString();
    const body = {
      id: 9000 + deliveries,
      sha,
      context: "jenkins",
      state,
      branches: [{ name: "main" }],
      created_at: time,
      updated_at: time,
      repository,
    };
    const sent = await suite.send("github", body, { event: "status", id: `status-${deliveries}` });
    expect(sent.status).toBe(202);
    await suite.local.idle();
  }

  it("counts like a check", async () => {
    shop.statuses = [];
    shop.requiredChecks = { protection: ["build", "jenkins"] };
    await changeRules("branch_protection_rule", { repository });
    await report(2, "failure");
    expect(channel()).toMatchObject([{ says: expect.stringContaining("Failing: *jenkins*") }]);
    await complete("build", 3, "success");
    expect(toAda()).toEqual([]);
    await report(3, "success");
    expect(channel()).toMatchObject([{ says: expect.stringContaining("was failing and is now fixed") }]);
    expect(toAda()).toMatchObject([{ says: expect.stringContaining("is ready to deploy") }]);
    // The check may be the last one too.
    await report(1, "success");
    await complete("build", 1, "success");
    expect(toAda()).toHaveLength(2);
    shop.requiredChecks = { protection: ["build"], rulesets: [["test"]] };
    await changeRules("branch_protection_rule", { repository });
  });
});

describe("the author of a commit", () => {
  it("is told once, when the last required check passes", async () => {
    await complete("build", 3, "success");
    expect(toAda()).toEqual([]);
    await complete("test", 3, "success");
    await complete("build", 3, "success");
    expect(toAda()).toMatchObject([
      { says: expect.stringMatching(/^Your commit .*`ddddddd`> is ready to deploy$/) },
    ]);
    expect(JSON.stringify(slack.messages())).toContain(
      "https://github.com/acme/shop/actions/workflows/deploy.yml",
    );
  });

  it("sees the deployment to GitHub's environment in the same message, and gets a reply at its end", async () => {
    await complete("build", 3, "success");
    await complete("test", 3, "success");
    await deploy("deployment", "queued");
    expect(toAda()).toMatchObject([{ says: expect.stringContaining("is queued to be deployed") }]);
    await deploy("deployment_status", "in_progress");
    await deploy("deployment_status", "failure");
    expect(toAda()).toMatchObject([{ says: expect.stringContaining("was not deployed"), color: colors.red }]);
    await deploy("deployment_status", "in_progress");
    await deploy("deployment_status", "success");
    expect(toAda()).toMatchObject([
      {
        says: expect.stringMatching(/`ddddddd`> has been deployed$/),
        color: colors.green,
        thread: [{ says: expect.stringContaining("your commit has been deployed") }],
      },
    ]);
    const rows = await suite.local.query(
      "SELECT app, status, is_production FROM product_eng.deploys WHERE source = 'github' ORDER BY attempt",
    );
    expect(rows).toEqual([
      { app: "shop", status: "failed", is_production: true },
      { app: "shop", status: "finished", is_production: true },
    ]);
  });

  it("alone is told when their pull request fails in the merge queue, once", async () => {
    const branch = `gh-readonly-queue/main/pr-9-${shas[0]}`;
    await complete("build", 2, "failure", { branch });
    await complete("test", 2, "failure", { branch });
    expect(channel()).toEqual([]);
    expect(toAda().map(({ says }) => says)).toEqual([
      expect.stringMatching(
        /^Your pull request <https:\/\/github.com\/acme\/shop\/pull\/9\|acme\/shop#9> failed in the merge queue: <.*\|build> did not pass. You get this because .* `deploy notifications off`/,
      ),
    ]);
  });
});

it("an author who has muted the app is not told of the merge queue", async () => {
  await complete("build", 2, "failure", { branch: `gh-readonly-queue/main/pr-9-${shas[0]}` });
  expect(toAda()).toHaveLength(1);
  const ada = await findUserBySlackId(database(), "U0ADA");
  await setPreferences(database(), ada?.id ?? 0, { deployNotifications: "off" });
  await complete("build", 1, "failure", { branch: `gh-readonly-queue/main/pr-9-${shas[2]}` });
  await setPreferences(database(), ada?.id ?? 0, { deployNotifications: "on" });
  expect(toAda()).toHaveLength(1);
});

it("GitHub is asked for the rules once, not for each event", async () => {
  const before = github.calls().length;
  await complete("build", 0, "success");
  await complete("build", 1, "success");
  const asked = github
    .calls()
    .slice(before)
    .filter(({ path }) => path.includes("/rules/branches/"));
  expect(asked.length).toBeLessThanOrEqual(1);
});

it("an issue with the label of incidents is told in the service's channel, and its message turns green when it is closed", async () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const issue = {
    ...{ number: 41, title: "Checkout is down", state: "open", user: { id: 1, login: "ada-acme" } },
    ...{ html_url: "https://github.com/acme/shop/issues/41", labels: [{ name: "Incident" }] },
    ...{ created_at: minutesAgo(5), updated_at: minutesAgo(5), closed_at: null },
  };
  const send = async (action: string, changes: object = {}) => {
    const body = { action, issue: { ...issue, ...changes }, repository, sender: issue.user };
    await suite.send("github", body, { event: "issues", id: `issue-${++deliveries}` });
    await suite.local.idle();
  };
  await send("opened", { labels: [] });
  expect(channel()).toEqual([]);
  await send("labeled");
  expect(channel()).toMatchObject([{ says: expect.stringContaining("Checkout is down"), color: colors.red }]);
  await send("closed", { state: "closed", closed_at: minutesAgo(1), updated_at: minutesAgo(1) });
  expect(channel()).toMatchObject([{ color: colors.green }]);
  const rows = await suite.local.query(
    "SELECT source, id, service, status, link_reason FROM product_eng.incidents",
  );
  expect(rows).toEqual([
    { source: "github", id: "acme/shop#41", service: "shop", status: "resolved", link_reason: "none" },
  ]);
});
