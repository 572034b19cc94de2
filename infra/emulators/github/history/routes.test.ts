import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningGitHub, startGitHub } from "../start.ts";
import { pullRequestPayload } from "../webhooks/pull-request.ts";
import { pushPayload } from "../webhooks/push.ts";
import { createHistory, recordWebhook } from "./repository-history.ts";

const REPOSITORY = "acme/app";
const repo = { owner: "acme", repo: "app" };
const start = Date.parse("2026-10-20T00:00:00Z");
const after = (minutes: number) => new Date(start + minutes * 60_000).toISOString().replace(".000Z", "Z");
let github: RunningGitHub;
let octokit: Octokit;
beforeAll(async () => {
  const history = createHistory();
  for (let id = 1; id <= 2500; id++)
    recordWebhook(history, "workflow_run", {
      workflow_run: { id, status: "completed", created_at: after(id) },
    });
  const pull = {
    ...{ repository: REPOSITORY, id: 1, number: 1, title: "Change", author: "mira", branch: "change" },
    ...{ headSha: "a".repeat(40), baseSha: "b".repeat(40), testMergeSha: "c".repeat(40), openedAt: after(0) },
    size: { additions: 5, deletions: 4, changedFiles: 3, commits: 2 },
  };
  for (const action of [
    { action: "opened" as const },
    { action: "ready_for_review" as const },
    { action: "closed" as const, mergeSha: "d".repeat(40) },
  ])
    recordWebhook(
      history,
      "pull_request",
      pullRequestPayload(pull, { ...action, at: after(1), sender: "mira" }),
    );
  const commits = ["1", "2", "3"].map((digit) => ({
    ...{ sha: digit.repeat(40), treeSha: "e".repeat(40), message: `Change ${digit}`, authoredAt: after(2) },
  }));
  const push = { repository: REPOSITORY, branch: "main", author: "mira", commits, at: after(3) };
  recordWebhook(history, "push", pushPayload(push));
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  github = await startGitHub({
    appPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
    state: {
      organizations: [{ login: "acme", members: [] }],
      repositories: [{ fullName: REPOSITORY, private: false, commits: [], pullRequests: [] }],
      users: [],
      histories: new Map([[REPOSITORY, history]]),
    },
  });
  const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  octokit = new Octokit({
    baseUrl: github.url,
    authStrategy: createAppAuth,
    auth: { appId: "1", privateKey, installationId: 1 },
  });
});
afterAll(() => github.stop());

it("a search for workflow runs has 1,000 results at most, of those created in the span", async () => {
  const search = (created: string) =>
    octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, { ...repo, created, per_page: 100 });
  expect(await search(`${after(0)}..${after(3000)}`)).toHaveLength(1000);
  expect((await search(`${after(1)}..${after(3)}`)).map(({ id }) => id)).toEqual([3, 2, 1]);
  const { data } = await octokit.rest.actions.listWorkflowRunsForRepo(repo);
  expect(data.total_count).toBe(2500);
});

it("a list of pull requests has neither sizes nor who merged, and a single one has", async () => {
  const { data: list } = await octokit.rest.pulls.list({ ...repo, state: "all" });
  expect(list).toEqual([expect.not.objectContaining({ additions: 5, merged: true })]);
  expect(list[0]).toMatchObject({ number: 1, merged_at: after(1) });
  const { data: single } = await octokit.rest.pulls.get({ ...repo, pull_number: 1 });
  expect(single).toMatchObject({
    additions: 5,
    changed_files: 3,
    merged: true,
    merged_by: { login: "mira" },
  });
});

it.each([
  ["1", "3", "ahead", ["2", "3"]],
  ["2", "2", "identical", []],
  ["3", "1", "behind", []],
])("a comparison of the pushed commits %s and %s: %s", async (base, head, status, ahead) => {
  const basehead = `${base.repeat(40)}...${head.repeat(40)}`;
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...repo, basehead });
  expect([data.status, data.commits.map(({ sha }) => sha[0]), data.total_commits]).toEqual([
    status,
    ahead,
    ahead.length,
  ]);
});

it("a commit that was not pushed is compared with none", async () => {
  const basehead = `${"1".repeat(40)}...${"9".repeat(40)}`;
  await expect(octokit.rest.repos.compareCommitsWithBasehead({ ...repo, basehead })).rejects.toThrow(
    "Not Found",
  );
});

it("the pull requests of a merge commit and of a head are listed", async () => {
  for (const sha of ["d", "a"]) {
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...repo,
      commit_sha: sha.repeat(40),
    });
    expect(data.map(({ number }) => number)).toEqual([1]);
  }
});

it("an issue's events are listed, of pull requests too", async () => {
  const { data } = await octokit.rest.issues.listEvents({ ...repo, issue_number: 1 });
  expect(data.map(({ event }) => event)).toEqual(["ready_for_review", "merged", "closed"]);
});
