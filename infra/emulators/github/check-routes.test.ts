import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningGitHub, startGitHub } from "./start.ts";
import type { CheckRunState } from "./state.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const shop = { owner: "acme", repo: "shop" };
let github: RunningGitHub;
let octokit: Octokit;

function run(id: number, name: string, conclusion: string | null, headSha = "b"): CheckRunState {
  const status = conclusion === null ? "in_progress" : "completed";
  const annotations = Array.from({ length: 40 }, (_, line) => ({
    path: "src/shop.ts",
    startLine: line + 1,
    level: "failure" as const,
    title: null,
    message: "is wrong",
  }));
  const times = { startedAt: "2026-11-02T12:00:00Z", completedAt: conclusion && "2026-11-02T12:10:00Z" };
  return { id, name, headSha, status, conclusion, ...times, annotations };
}

beforeAll(async () => {
  const author = { login: "ada", name: "Ada", email: "ada@acme.example" };
  const commit = (sha: string) => ({ sha, message: "fix: It", author, date: "2026-11-02T12:00:00Z" });
  const repository = { private: true, pullRequests: [], commits: [commit("a"), commit("b")] };
  github = await startGitHub({
    state: {
      organizations: [{ login: "acme", members: ["ada"], teams: ["storefront"] }],
      repositories: [
        {
          ...repository,
          fullName: "acme/shop",
          defaultBranch: "main",
          requiredChecks: { protection: ["lint"], rulesets: [["build"], ["test", "lint"]] },
          checkRuns: [
            run(1, "build", "failure"),
            run(2, "build", "success"),
            run(3, "test", null),
            run(4, "build", "success", "a"),
          ],
        },
        { ...repository, fullName: "acme/free" },
      ],
      users: [],
    },
    appPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
  });
  const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  octokit = new Octokit({
    baseUrl: github.url,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    authStrategy: createAppAuth,
    auth: { appId: "1", privateKey, installationId: 1 },
  });
});
afterAll(() => github.stop());

describe("a branch", () => {
  it("shows the checks of its protection", async () => {
    const { data } = await octokit.rest.repos.getBranch({ ...shop, branch: "main" });
    expect(data).toMatchObject({
      name: "main",
      commit: { sha: "b" },
      protected: true,
      protection: { required_status_checks: { contexts: ["lint"] } },
    });
    expect(
      (await octokit.rest.repos.getBranch({ owner: "acme", repo: "free", branch: "master" })).data,
    ).toMatchObject({
      protected: false,
      protection: { required_status_checks: { enforcement_level: "off", contexts: [] } },
    });
  });

  it("that does not exist is 404, and has no rules", async () => {
    await expect(octokit.rest.repos.getBranch({ ...shop, branch: "master" })).rejects.toMatchObject({
      status: 404,
    });
    expect((await octokit.rest.repos.getBranchRules({ ...shop, branch: "master" })).data).toEqual([]);
  });

  it("has the rules of each ruleset", async () => {
    const { data } = await octokit.rest.repos.getBranchRules({ ...shop, branch: "main" });
    expect(data).toMatchObject([
      { type: "required_status_checks", parameters: { required_status_checks: [{ context: "build" }] } },
      {
        type: "required_status_checks",
        parameters: { required_status_checks: [{ context: "test" }, { context: "lint" }] },
      },
    ]);
  });
});

describe("the check runs of a commit", () => {
  it("are the newest of each name unless all are asked for", async () => {
    const list = async (query: object) => {
      const { data } = await octokit.rest.checks.listForRef({ ...shop, ref: "main", ...query });
      return data.check_runs.map(({ id }) => id);
    };
    expect(await list({})).toEqual([2, 3]);
    expect(await list({ filter: "all" })).toEqual([1, 2, 3]);
    expect(await list({ check_name: "test" })).toEqual([3]);
    expect(await list({ status: "completed" })).toEqual([2]);
  });

  it("have annotations in pages of thirty", async () => {
    const { data } = await octokit.rest.checks.listAnnotations({ ...shop, check_run_id: 1 });
    expect(data).toHaveLength(30);
    expect(data[0]).toMatchObject({ path: "src/shop.ts", start_line: 1, annotation_level: "failure" });
    await expect(octokit.rest.checks.listAnnotations({ ...shop, check_run_id: 9 })).rejects.toMatchObject({
      status: 404,
    });
  });
});

it("a team is found by its slug", async () => {
  expect((await octokit.rest.teams.getByName({ org: "acme", team_slug: "storefront" })).data.slug).toBe(
    "storefront",
  );
  await expect(octokit.rest.teams.getByName({ org: "acme", team_slug: "nobody" })).rejects.toMatchObject({
    status: 404,
  });
});

it("the statuses of a commit are listed newest first", async () => {
  const read = async () => (await octokit.rest.repos.listCommitStatusesForRef({ ...shop, ref: "main" })).data;
  const [repository] = github.state.repositories;
  if (!repository) throw new Error("The state has no repository");
  expect(await read()).toEqual([]);
  repository.statuses = [
    { context: "ci", sha: "b", state: "failure" },
    { context: "ci", sha: "b", state: "success" },
    { context: "ci", sha: "a", state: "error" },
  ];
  expect(await read()).toMatchObject([
    { context: "ci", state: "success" },
    { context: "ci", state: "failure" },
  ]);
});
