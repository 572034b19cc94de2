import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultGitHubState } from "../../local/seed/github.ts";
import { type RunningGitHub, startGitHub } from "./start.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
let github: RunningGitHub;

beforeAll(async () => {
  github = await startGitHub({
    state: defaultGitHubState(),
    appPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
  });
});
afterAll(() => github.stop());

function app(auth: Record<string, unknown> = {}) {
  return new Octokit({
    baseUrl: github.url,
    log: quiet,
    authStrategy: createAppAuth,
    auth: { appId: "1", privateKey, ...auth },
  });
}

async function installation() {
  const { data } = await app().rest.apps.getOrgInstallation({ org: "getsentry" });
  return app({ installationId: data.id });
}

describe("the App", () => {
  it("finds its installation in an organization, and gets 404 elsewhere", async () => {
    expect((await app().rest.apps.getOrgInstallation({ org: "GetSentry" })).data.id).toBe(1);
    await expect(app().rest.apps.getOrgInstallation({ org: "nobody" })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("gets 401 with another key, as does a client without a token", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
    });
    await expect(
      app({ privateKey: other }).rest.apps.getOrgInstallation({ org: "getsentry" }),
    ).rejects.toMatchObject({ status: 401, message: expect.stringContaining("could not be decoded") });
    await expect(
      app({ appId: "2" }).rest.apps.getOrgInstallation({ org: "getsentry" }),
    ).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining("Integration not found"),
    });
    const anybody = new Octokit({ baseUrl: github.url, log: quiet });
    await expect(anybody.rest.repos.get({ owner: "getsentry", repo: "sentry" })).rejects.toMatchObject({
      status: 401,
    });
  });
});

describe("an installation", () => {
  it("checks whether a user is a member", async () => {
    const octokit = await installation();
    const member = (username: string) =>
      octokit.rest.orgs.checkMembershipForUser({ org: "getsentry", username });
    expect((await member("mira-okafor")).status).toBe(204);
    await expect(member("octocat")).rejects.toMatchObject({ status: 404 });
  });

  it.each([
    ["sentry", "Mira-Okafor", "write"],
    ["sentry", "octocat", "read"],
    ["getsentry", "octocat", "none"],
  ])("reads the permission for %s of %s: %s", async (repo, username, permission) => {
    const { rest } = await installation();
    const { data } = await rest.repos.getCollaboratorPermissionLevel({ owner: "getsentry", repo, username });
    expect(data.permission).toBe(permission);
  });

  it("gets 404 for the permission of nobody", async () => {
    const { rest } = await installation();
    await expect(
      rest.repos.getCollaboratorPermissionLevel({ owner: "getsentry", repo: "sentry", username: "nobody" }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it.each(["mira-okafor", "mira.okafor@sentry.io"])(
    "lists the commits of %s, newest first",
    async (author) => {
      const { rest } = await installation();
      const { data } = await rest.repos.listCommits({ owner: "getsentry", repo: "sentry", author });
      expect(new Set(data.map((commit) => commit.author?.login))).toEqual(new Set(["mira-okafor"]));
      const dates = data.map(({ commit }) => commit.author?.date ?? "");
      expect(dates).toEqual(dates.toSorted().reverse());
    },
  );

  it("compares commits in pages, oldest commit first", async () => {
    const octokit = await installation();
    const { commits } = github.state.repositories[1] ?? { commits: [] };
    const basehead = `${commits[0]?.sha}...${commits.at(-1)?.sha}`;
    const ask = (page: number) =>
      octokit.rest.repos.compareCommitsWithBasehead({
        owner: "getsentry",
        repo: "getsentry",
        basehead,
        per_page: 20,
        page,
      });
    const pages = [await ask(1), await ask(2), await ask(3)];
    expect(pages.flatMap(({ data }) => data.commits.map(({ sha }) => sha))).toEqual(
      commits.slice(1).map(({ sha }) => sha),
    );
    expect(pages[0]?.data.total_commits).toBe(commits.length - 1);
    expect(pages[0]?.headers.link).toContain('rel="next"');
    expect(pages[2]?.headers.link).not.toContain('rel="next"');
  });

  it("gets 404 for a comparison with an unknown commit", async () => {
    const octokit = await installation();
    const basehead = `${"0".repeat(40)}...master`;
    await expect(
      octokit.rest.repos.compareCommitsWithBasehead({ owner: "getsentry", repo: "getsentry", basehead }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it("lists the pull request of a merge commit, and none of a bump", async () => {
    const octokit = await installation();
    const [sentry, getsentry] = github.state.repositories;
    const pulls = async (repo: string, commit_sha = "") =>
      (
        await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
          owner: "getsentry",
          repo,
          commit_sha,
        })
      ).data.map(({ number }) => number);
    expect(await pulls("sentry", sentry?.commits[3]?.sha)).toEqual([22_403]);
    expect(await pulls("getsentry", getsentry?.commits[0]?.sha)).toEqual([]);
  });

  it("gets an injected fault the requested number of times", async () => {
    const octokit = await installation();
    github.faults.add({ path: "/users/", kind: "status", status: 502, times: 1 });
    const ask = () => octokit.rest.users.getByUsername({ username: "mira-okafor" });
    await expect(ask()).rejects.toMatchObject({ status: 502 });
    expect((await ask()).data.login).toBe("mira-okafor");
  });
});

describe("a repository's files", () => {
  const ask = async (tree_sha: string, recursive?: string) => {
    const octokit = await installation();
    const { data } = await octokit.rest.git.getTree({
      owner: "getsentry",
      repo: "sentry",
      tree_sha,
      ...(recursive && { recursive }),
    });
    return data;
  };

  it("a tree lists files and folders of a branch or commit, recursively or one level", async () => {
    const { tree, truncated } = await ask("master", "1");
    const [sentry] = github.state.repositories;
    const blobs = tree.filter(({ type }) => type === "blob").map(({ path }) => path);
    expect(blobs.toSorted()).toEqual(sentry?.files?.toSorted());
    expect(truncated).toBe(false);
    const root = await ask(sentry?.commits.at(-1)?.sha ?? "");
    expect(root.tree.map(({ path }) => path)).toEqual([
      "README.rst",
      "package.json",
      "src",
      "static",
      "tests",
    ]);
    const folder = root.tree.find(({ path }) => path === "static");
    const inside = await ask(folder?.sha ?? "");
    expect(inside.tree).toMatchObject([
      { path: "app", mode: "040000", type: "tree" },
      { path: "less", mode: "040000", type: "tree" },
    ]);
    expect((await ask(folder?.sha ?? "", "1")).tree.map(({ path }) => path)).toContain("app/index.tsx");
    await expect(ask("0".repeat(40))).rejects.toMatchObject({ status: 404 });
  });

  it("a tree with too many entries is truncated", async () => {
    const [sentry] = github.state.repositories;
    if (!sentry) throw new Error("The state has no repository");
    sentry.treeLimit = 10;
    const { tree, truncated } = await ask("master", "1");
    expect({ entries: tree.length, truncated }).toEqual({ entries: 10, truncated: true });
    expect((await ask("master")).truncated).toBe(false);
    delete sentry.treeLimit;
  });
});

describe("workflow runs", () => {
  const sentry = { owner: "getsentry", repo: "sentry" };
  const branch = "feat/search";

  it("the list contains runs of the branch and of branches of forks with the same name, in pages", async () => {
    const octokit = await installation();
    const ask = (options: object) =>
      octokit.rest.actions.listWorkflowRunsForRepo({ ...sentry, branch, ...options });
    const { data } = await ask({});
    expect(data.total_count).toBe(7);
    expect(new Set(data.workflow_runs.map(({ head_repository }) => head_repository.full_name))).toEqual(
      new Set(["getsentry/sentry", "sam-rivera/sentry"]),
    );
    expect((await ask({ per_page: 5, page: 2 })).data.workflow_runs).toHaveLength(2);
    expect((await ask({ status: "in_progress" })).data.total_count).toBe(2);
    expect((await ask({ status: "failure" })).data.workflow_runs).toMatchObject([{ name: "lint" }]);
    expect((await ask({ event: "push" })).data.total_count).toBe(0);
    expect(data.workflow_runs.at(-1)).toMatchObject({
      id: 2_250_000,
      name: "backend",
      html_url: "https://github.com/getsentry/sentry/actions/runs/2250000",
      head_branch: branch,
      head_repository: { owner: { login: "getsentry" } },
    });
  });

  it("a run is cancelled once", async () => {
    const octokit = await installation();
    const cancel = (run_id: number) => octokit.rest.actions.cancelWorkflowRun({ ...sentry, run_id });
    expect((await cancel(2_250_000)).status).toBe(202);
    expect(github.state.repositories[0]?.workflowRuns?.at(-1)).toMatchObject({
      status: "completed",
      conclusion: "cancelled",
    });
    await expect(cancel(2_250_000)).rejects.toMatchObject({ status: 409 });
    await expect(cancel(1)).rejects.toMatchObject({ status: 404 });
  });
});

describe("pull request", () => {
  it.each([
    [
      22_500,
      { state: "open", head: { ref: "feat/search", repo: { full_name: "getsentry/sentry", fork: false } } },
    ],
    [
      22_502,
      { state: "open", head: { ref: "feat/search", repo: { owner: { login: "sam-rivera" }, fork: true } } },
    ],
    [22_503, { state: "open", head: { repo: null } }],
    [22_504, { state: "closed", merged: false, merged_at: null }],
    [22_403, { state: "closed", merged: true }],
  ])("%i has the expected head and state", async (pull_number, expected) => {
    const octokit = await installation();
    const { data } = await octokit.rest.pulls.get({ owner: "getsentry", repo: "sentry", pull_number });
    expect(data).toMatchObject(expected);
  });
});

describe("a profile", () => {
  it("has the name and the public e-mail address", async () => {
    const octokit = await installation();
    const ask = (username: string) => octokit.rest.users.getByUsername({ username });
    expect((await ask("Mira-Okafor")).data).toMatchObject({
      login: "mira-okafor",
      name: "Mira Okafor",
      email: "mira.okafor@sentry.io",
    });
    expect((await ask("sam-rivera")).data.email).toBeNull();
    await expect(ask("nobody-at-all")).rejects.toMatchObject({ status: 404 });
  });
});

describe("a commit", () => {
  it("has its URL and its author's avatar and e-mail address; an unknown sha gets 422", async () => {
    const octokit = await installation();
    const ask = (ref: string) => octokit.rest.repos.getCommit({ owner: "getsentry", repo: "sentry", ref });
    const sha = github.state.repositories[0]?.commits[0]?.sha ?? "";
    expect((await ask(sha)).data).toMatchObject({
      html_url: `https://github.com/getsentry/sentry/commit/${sha}`,
      author: { login: "mira-okafor", avatar_url: "https://avatars.githubusercontent.com/mira-okafor" },
      commit: { author: { email: "mira.okafor@sentry.io" } },
    });
    await expect(ask("0".repeat(40))).rejects.toMatchObject({ status: 422 });
    await expect(ask("no-such-branch")).rejects.toMatchObject({ status: 404 });
  });
});
