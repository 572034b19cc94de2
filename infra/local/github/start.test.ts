import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningGitHub, startGitHub } from "./start.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
let github: RunningGitHub;

beforeAll(async () => {
  github = await startGitHub({
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
  it("finds its installation in an organization, and none elsewhere", async () => {
    expect((await app().rest.apps.getOrgInstallation({ org: "GetSentry" })).data.id).toBe(1);
    await expect(app().rest.apps.getOrgInstallation({ org: "nobody" })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("is refused with another key, and anybody is without a token", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
    });
    await expect(
      app({ privateKey: other }).rest.apps.getOrgInstallation({ org: "getsentry" }),
    ).rejects.toMatchObject({ status: 401 });
    const anybody = new Octokit({ baseUrl: github.url, log: quiet });
    await expect(anybody.rest.repos.get({ owner: "getsentry", repo: "sentry" })).rejects.toMatchObject({
      status: 401,
    });
  });
});

describe("an installation", () => {
  it("asks who is a member", async () => {
    const octokit = await installation();
    const member = (username: string) =>
      octokit.rest.orgs.checkMembershipForUser({ org: "getsentry", username });
    expect((await member("mira-okafor")).status).toBe(204);
    await expect(member("octocat")).rejects.toMatchObject({ status: 404 });
  });

  it("compares page by page, oldest commit first", async () => {
    const octokit = await installation();
    const { commits } = github.world.repositories[1] ?? { commits: [] };
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

  it("is told when a commit is not known", async () => {
    const octokit = await installation();
    const basehead = `${"0".repeat(40)}...master`;
    await expect(
      octokit.rest.repos.compareCommitsWithBasehead({ owner: "getsentry", repo: "getsentry", basehead }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it("finds the pull request of a merge commit, and none of a bump", async () => {
    const octokit = await installation();
    const [sentry, getsentry] = github.world.repositories;
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

  it("meets the faults that a test asks for, as often as it asks", async () => {
    const octokit = await installation();
    github.faults.add({ path: "/users/", kind: "status", status: 502, times: 1 });
    const ask = () => octokit.rest.users.getByUsername({ username: "mira-okafor" });
    await expect(ask()).rejects.toMatchObject({ status: 502 });
    expect((await ask()).data.login).toBe("mira-okafor");
  });
});
