import { BigQuery } from "@google-cloud/bigquery";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dueWeek } from "../../functions/weekly-digest/due-week.ts";
import { postDigests } from "../../functions/weekly-digest/post-digests.ts";
import type { RunQuery } from "../../functions/weekly-digest/read-week.ts";
import { deploymentStatusPayload } from "../../infra/emulators/github/webhooks/deployment.ts";
import { pullRequestPayload } from "../../infra/emulators/github/webhooks/pull-request.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import { readConfig } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { processedEvents } from "../../shared/database/schema.ts";
import { checkRunDelivery } from "../support/check-run-delivery.ts";
import { conversation } from "../support/render-message.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

/** The digest of docs/examples/github-only.yaml's team, over a week of deliveries. */

const MONDAY = new Date("2026-11-09T09:00:00Z");
const repository = "acme/shop";
const shas = ["a", "b", "c"].map((letter) => letter.repeat(40)) as [string, string, string];
let suite: TestSuite;
let slack: RunningSlack;
let bigquery: BigQuery;

beforeAll(async () => {
  process.env.CI_TOOLING_CONFIG = "docs/examples/github-only.yaml";
  const author = { login: "ada-acme", name: "Ada Lind", email: "ada@home.example" };
  const commits = shas.map((sha) => ({ sha, message: "feat: Sell", author, date: "2026-11-02T08:00:00Z" }));
  suite = await startTestSuite({
    githubState: {
      organizations: [{ login: "acme", members: ["ada-acme"] }],
      repositories: [
        { fullName: repository, private: true, defaultBranch: "main", commits, pullRequests: [] },
      ],
      users: [],
    },
  });
  if (!suite.services.slack) throw new Error("These tests need the local Slack");
  slack = suite.services.slack.current;
  slack.workspace.channels.push({ id: "C0SHOP", name: "shop", joined: true });
  slack.workspace.channels.push({ id: "C0FRONT", name: "storefront", joined: true });
  bigquery = new BigQuery({ projectId: "local" });
  await sendWeek();
});
beforeEach(async () => {
  slack.faults.clear();
  slack.workspace.messages.length = 0;
  await database().delete(processedEvents);
});
afterAll(() => suite.stop());

let deliveries = 0;
async function send(event: string, body: object) {
  expect((await suite.send("github", body, { event, id: `week-${++deliveries}` })).status).toBe(202);
}

async function deploy(id: number, sha: string, state: "success" | "failure", at: string) {
  const common = {
    repository,
    sender: "ada-acme",
    actor: "ada-acme",
    ref: "main",
    environment: "production",
  };
  const times = { createdAt: at, at };
  await send(
    "deployment_status",
    deploymentStatusPayload({ ...common, ...times, id, sha, state, statusId: id * 10, runId: id }),
  );
  await suite.local.idle();
}

const check = (id: number, sha: string, conclusion: string, startedAt: string, completedAt: string) =>
  send(
    "check_run",
    checkRunDelivery({
      id,
      repository,
      branch: "feat",
      name: "build",
      sha,
      conclusion,
      startedAt,
      completedAt,
    }),
  );

/** Deployments in the week from 2 November and in the one before it; a flaky check; a pull request that waits. */
async function sendWeek() {
  await deploy(1, shas[0], "success", "2026-10-28T10:00:00Z");
  await deploy(2, shas[1], "success", "2026-11-02T10:00:00Z");
  await deploy(3, shas[0], "success", "2026-11-02T11:00:00Z");
  await deploy(4, shas[2], "success", "2026-11-04T10:00:00Z");
  await check(1, shas[1], "failure", "2026-11-02T09:00:00Z", "2026-11-02T09:10:00Z");
  // A run again under the same id.
  await check(1, shas[1], "success", "2026-11-02T09:30:00Z", "2026-11-02T09:50:00Z");
  // After the week.
  await check(2, shas[2], "success", "2026-11-09T09:00:00Z", "2026-11-09T11:00:00Z");
  await send(
    "pull_request",
    pullRequestPayload(
      {
        ...{ repository, id: 9, number: 9, title: "feat: <Basket>", author: "ada-acme", branch: "basket" },
        ...{ headSha: "e".repeat(40), baseSha: shas[0], testMergeSha: "f".repeat(40) },
        openedAt: "2026-11-01T08:00:00Z",
      },
      { action: "opened", at: "2026-11-01T08:00:00Z", sender: "ada-acme" },
    ),
  );
  await suite.local.idle();
}

const query: RunQuery = async (sql, params) => (await bigquery.query({ query: sql, params }))[0];
const run = (runQuery = query, now = MONDAY) =>
  postDigests(readConfig(process.env), { now, query: runQuery });
const digests = () => conversation(slack.messages(), "C0FRONT").map(({ says }) => says);

/** A run that is killed before or after its nth request to BigQuery. */
function killedAt(step: number, when: "before" | "after") {
  let steps = 0;
  const runQuery: RunQuery = async (sql, params) => {
    const isLast = ++steps === step;
    if (isLast && when === "before") throw new Error("killed");
    const rows = await query(sql, params);
    if (isLast) throw new Error("killed");
    return rows;
  };
  return { runQuery, steps: () => steps };
}

describe("the weekly digest", () => {
  it("tells a team's channel its metrics against the week before, its checks and its reviews", async () => {
    expect(await run()).toEqual({ week: "2026-11-02", posted: ["storefront"] });
    const [digest, ...others] = digests();
    expect(others).toEqual([]);
    expect(digest).toContain("*The week of storefront*, 2 November to 8 November");
    expect(digest).toContain("Deployments: 3 (1)");
    expect(digest).toContain("Changes that failed: 50 %, 1 of 2 (0 %, 0 of 1)");
    expect(digest).toContain("Time to recover, median: 1 h 0 min (none)");
    expect(digest).toContain("Rollbacks and hotfixes: 33 %, 1 of 3 (0 %, 0 of 1)");
    expect(digest).toContain("• build of acme/shop: 15 min 0 s in 2 runs");
    expect(digest).toContain("• build of acme/shop: 1 of 1 commit");
    expect(digest).toMatch(/acme\/shop#9> feat: &lt;Basket&gt; by ada-acme: opened \d+ days/);
  });

  it("is posted once: twice, twice at once, and late", async () => {
    const first = await Promise.all([run(), run()]);
    expect(first.flatMap(({ posted }) => posted)).toEqual(["storefront"]);
    expect(await run()).toEqual({ week: "2026-11-02", posted: [] });
    expect(await run(query, new Date("2026-11-15T22:00:00Z"))).toEqual({ week: "2026-11-02", posted: [] });
    expect(digests()).toHaveLength(1);
    await run(query, new Date("2026-11-19T12:00:00Z"));
    expect(digests()[1]).toContain("9 November to 15 November");
  });

  it("is posted once after a run that was killed before or after any request to BigQuery", async () => {
    const whole = killedAt(0, "after");
    await run(whole.runQuery);
    expect(whole.steps()).toBe(4);
    for (let step = 1; step <= whole.steps(); step++)
      for (const when of ["before", "after"] as const) {
        slack.workspace.messages.length = 0;
        await database().delete(processedEvents);
        await expect(run(killedAt(step, when).runQuery)).rejects.toThrow("1 teams failed");
        await Promise.all([run(), run()]);
        expect(digests(), `killed ${when} ${step}`).toHaveLength(1);
      }
  });

  it.each(["drop-before", "drop-after"] as const)(
    "is posted once, with the rows of the first run, if Slack's connection ends (%s)",
    async (kind) => {
      slack.faults.add({ method: "chat.postMessage", kind, times: 1 });
      await expect(run()).rejects.toThrow();
      // The stored rows count: BigQuery is not asked again.
      await run(() => Promise.reject(new Error("BigQuery is asked again")));
      expect(digests()).toEqual([expect.stringContaining("Deployments: 3 (1)")]);
      await run();
      expect(digests()).toHaveLength(1);
    },
  );

  it("is not posted to a team that has muted it, owns nothing, or has nothing to read", async () => {
    const { teams, services, timeZone } = readConfig(process.env);
    const post = (changes: Partial<Parameters<typeof postDigests>[0]>) =>
      postDigests({ teams, services, timeZone, ...changes }, { now: MONDAY, query });
    const muted = teams.map((team) => ({ ...team, digest: "off" as const }));
    expect(await post({ teams: muted })).toMatchObject({ posted: [] });
    expect(await post({ services: [] })).toMatchObject({ posted: [] });
    const silent = services.map((service) => ({ ...service, repository: "acme/silent", deployments: [] }));
    expect(await post({ services: silent })).toMatchObject({ posted: [] });
    expect(digests()).toEqual([]);
  });

  it("is what the deployed function posts at its time", async () => {
    const week = dueWeek(new Date(), "Europe/Vienna");
    const expected = { week, posted: week === null ? [] : ["storefront"] };
    expect(await suite.local.runSchedule("weekly-digest")).toEqual(expected);
  });
});
