import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RunningGitHub } from "../../infra/emulators/github/start.ts";
import type { Repository } from "../../infra/emulators/github/state.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

let suite: TestSuite;
let github: RunningGitHub;
beforeAll(async () => {
  suite = await startTestSuite();
  if (!suite.services.github) throw new Error("GITHUB_API_URL is set: these tests need the local GitHub");
  github = suite.services.github.current;
});
afterEach(() => github.faults.clear());
afterAll(() => suite.stop());

let number = 500;

/** Reports a deploy and returns its rows when the suite is idle. */
async function deploy(changes: Record<string, unknown>) {
  const deploy_number = ++number;
  const { status } = await suite.send("freight", {
    ...fixture("freight/deploy-finished"),
    deploy_number,
    ...changes,
  });
  expect(status).toBe(202);
  await suite.local.idle();
  return suite.local.query<{ pull_request_number: number | null; commit_sha: string }>(
    `SELECT pull_request_number, commit_sha FROM product_eng.freight_to_pull_request_deduplicated
     WHERE deploy_id = ${deploy_number} ORDER BY pull_request_number`,
  );
}

function repositories(): [Repository, Repository] {
  const [sentry, getsentry] = github.state.repositories;
  if (!sentry || !getsentry) throw new Error("The local GitHub has no repositories");
  return [sentry, getsentry];
}

describe("a finished production deploy", () => {
  it("has a row for each pull request and for the commit without one; a bump counts as its upstream commit", async () => {
    const [sentry, getsentry] = repositories();
    // Four bumps, getsentry's own commit with a pull request, three more bumps, and one pushed without.
    const shipped = getsentry.commits.slice(1, 10);
    const rows = await deploy({ previous_sha: getsentry.commits[0]?.sha, sha: getsentry.commits[9]?.sha });
    const upstream = sentry.pullRequests.filter(({ merged }) =>
      shipped.some(({ message }) => message.startsWith(`getsentry/sentry@${merged?.sha}`)),
    );
    const own = getsentry.pullRequests.filter(({ merged }) => shipped.some(({ sha }) => sha === merged?.sha));
    expect([upstream.length, own.length]).toEqual([7, 1]);
    expect(rows).toEqual([
      // GitHub has no pull request for it.
      { pull_request_number: null, commit_sha: shipped.at(-1)?.sha },
      ...[...own, ...upstream]
        .map((pull) => ({ pull_request_number: pull.number, commit_sha: pull.merged?.sha }))
        .sort((a, b) => a.pull_request_number - b.pull_request_number),
    ]);
  });

  it("with 600 commits has a row for each", async () => {
    const [sentry] = repositories();
    const sha = (index: number) => createHash("sha1").update(`long ${index}`).digest("hex");
    const author = { login: "mira-okafor", name: "Mira Okafor", email: "mira.okafor@sentry.io" };
    const indices = Array.from({ length: 601 }, (_, index) => index);
    const long: Repository = {
      fullName: "getsentry/getsentry",
      private: true,
      commits: indices.map((index) => ({
        sha: sha(index),
        message: `Change ${index}`,
        author,
        date: "2026-11-02T00:00:00Z",
      })),
      pullRequests: indices.map((index) => ({
        number: 10_000 + index,
        title: `Change ${index}`,
        author: author.login,
        headSha: sha(-index - 1),
        headBranch: "change",
        baseSha: sha(index - 1),
        merged: { sha: sha(index), at: "2026-11-02T00:00:00Z" },
      })),
    };
    const before = github.state.repositories;
    github.state.repositories = [sentry, long];
    try {
      const rows = await deploy({ previous_sha: sha(0), sha: sha(600) });
      expect(rows.map(({ pull_request_number }) => pull_request_number)).toEqual(
        indices.slice(1).map((index) => 10_000 + index),
      );
    } finally {
      github.state.repositories = before;
    }
  });

  it.each([
    ["queued", { status: "2" }],
    ["failed", { status: "failed" }],
    ["elsewhere", { environment: "staging" }],
    ["of another app", { app_name: "relay" }],
    ["of what was deployed already", { previous_sha: "same", sha: "same" }],
    ["that is the first ever", { previous_sha: null }],
  ])("does not count when it is %s", async (_, changes) => {
    const [, getsentry] = repositories();
    const shas = { previous_sha: getsentry.commits[0]?.sha, sha: getsentry.commits[9]?.sha };
    expect(await deploy({ ...shas, ...changes })).toEqual([]);
  });

  it("to an older commit ships nothing", async () => {
    const [, getsentry] = repositories();
    expect(await deploy({ previous_sha: getsentry.commits[9]?.sha, sha: getsentry.commits[0]?.sha })).toEqual(
      [],
    );
  });

  it("is retried while GitHub fails", async () => {
    const [, getsentry] = repositories();
    github.faults.add({ path: "/compare/", kind: "drop", times: 2 });
    const rows = await deploy({ previous_sha: getsentry.commits[0]?.sha, sha: getsentry.commits[2]?.sha });
    expect(rows).toHaveLength(2);
  });

  it("with commits that GitHub does not know, as after a force push, has no rows and is not retried", async () => {
    expect(await deploy({ previous_sha: "2".repeat(40), sha: "1".repeat(40) })).toEqual([]);
    const [event] = await suite.local.events();
    expect(
      event?.subscribers.map(({ function: name, outcome, attempts }) => [name, outcome, attempts]).sort(),
    ).toEqual([
      ["deploy-progress", "acknowledged", 1],
      ["deployment-changes", "acknowledged", 1],
      ["deployment-feed", "acknowledged", 1],
      ["deploys", "acknowledged", 1],
      ["metrics", "acknowledged", 1],
    ]);
  });
});

describe("user_type", () => {
  async function userTypeOf(
    sender: Record<string, unknown>,
    owner = { login: "getsentry", type: "Organization" },
  ) {
    const payload = {
      action: "opened",
      issue: {
        number: 1,
        title: "It broke",
        created_at: "2026-11-02T00:00:00Z",
        updated_at: "2026-11-02T00:00:00Z",
      },
      repository: { id: 1, full_name: `${owner.login}/sentry`, owner },
      sender,
    };
    const { eventId } = await suite.send("github", payload, { event: "issues" });
    await suite.local.idle();
    const [row] = await suite.local.query(
      `SELECT user_type FROM open_source.github_events WHERE event_id = '${eventId}'`,
    );
    return row?.user_type;
  }

  it("is internal for members of the organization, external for others, bot for bots, null elsewhere", async () => {
    expect(await userTypeOf({ id: 1, login: "mira-okafor", type: "User" })).toBe("internal");
    expect(await userTypeOf({ id: 2, login: "passer-by", type: "User" })).toBe("external");
    expect(await userTypeOf({ id: 3, login: "dependabot[bot]", type: "Bot" })).toBe("bot");
    expect(await userTypeOf({ id: 4, login: "getsentry-bot", type: "User" })).toBe("bot");
    expect(
      await userTypeOf({ id: 1, login: "mira-okafor", type: "User" }, { login: "mira-okafor", type: "User" }),
    ).toBeNull();
    expect(
      await userTypeOf(
        { id: 1, login: "mira-okafor", type: "User" },
        { login: "not-installed", type: "Organization" },
      ),
    ).toBeNull();
  });

  it("needs one GitHub request per person and day, and one for the installation", async () => {
    await userTypeOf({ id: 1, login: "jonas-lindqvist", type: "User" });
    const before = github.calls().length;
    await userTypeOf({ id: 1, login: "jonas-lindqvist", type: "User" });
    expect(github.calls()).toHaveLength(before);
    expect(github.calls().filter(({ path }) => path === "/orgs/getsentry/installation")).toHaveLength(1);
  });

  it("is not guessed while GitHub fails: the event is retried", async () => {
    github.faults.add({ path: "/members/lena-fischer", kind: "drop", times: 2 });
    expect(await userTypeOf({ id: 1, login: "lena-fischer", type: "User" })).toBe("internal");
  });
});
