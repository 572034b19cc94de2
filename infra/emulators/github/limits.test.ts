import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { Request, Response } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultGitHubState } from "../../local/seed/github.ts";
import { RateLimit } from "./rate-limit.ts";
import { type RunningGitHub, startGitHub } from "./start.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const log = { debug() {}, info() {}, warn() {}, error() {} };
let github: RunningGitHub;
let clockSkewMs = 0;

beforeAll(async () => {
  const now = () => Date.now() + clockSkewMs;
  github = await startGitHub({ state: defaultGitHubState(), appPublicKey: publicKey, now });
});
afterAll(() => github.stop());

async function installation() {
  const auth = { appId: "1", privateKey, installationId: 1 };
  return new Octokit({ baseUrl: github.url, log, authStrategy: createAppAuth, auth });
}

/** Whether a request gets through. */
function isAllowed(rateLimit: RateLimit): boolean {
  let allowed = false;
  const response = { set: () => response, status: () => response, json: () => response };
  rateLimit.handler({} as Request, response as unknown as Response, () => {
    allowed = true;
  });
  return allowed;
}

describe("an installation", () => {
  it("gets 404 for a comparison without a common ancestor", async () => {
    const octokit = await installation();
    const first = github.state.repositories[1]?.commits[0];
    if (!first) throw new Error("The state has no commit");
    const unrelated = { ...first, sha: "e".repeat(40) };
    github.state.repositories[1]?.commits.unshift(unrelated);
    first.orphan = true;
    const compare = (base: string, head: string) =>
      octokit.rest.repos.compareCommitsWithBasehead({
        owner: "getsentry",
        repo: "getsentry",
        basehead: `${base}...${head}`,
      });
    const error = {
      status: 404,
      response: { data: { message: `No common ancestor between ${unrelated.sha} and master.` } },
    };
    await expect(compare(unrelated.sha, "master")).rejects.toMatchObject(error);
    await expect(compare("master", unrelated.sha)).rejects.toMatchObject({ status: 404 });
    expect((await compare(first.sha, "master")).data.status).toBe("ahead");
    expect((await compare(unrelated.sha, unrelated.sha)).data.status).toBe("identical");
    github.state.repositories[1]?.commits.shift();
    delete first.orphan;
  });

  it("gets 403 when an enforced primary rate limit is used up", async () => {
    const octokit = await installation();
    const ask = () => octokit.rest.users.getByUsername({ username: "mira-okafor" });
    expect((await ask()).headers).toMatchObject({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "4999",
    });
    github.rateLimit.enforce(2);
    expect((await ask()).headers).toMatchObject({ "x-ratelimit-used": "1", "x-ratelimit-remaining": "1" });
    const { headers } = await ask();
    expect(headers).toMatchObject({ "x-ratelimit-remaining": "0", "x-ratelimit-resource": "core" });
    expect(Number(headers["x-ratelimit-reset"]) * 1000 - Date.now()).toBeGreaterThan(3_590_000);
    await expect(ask()).rejects.toMatchObject({
      status: 403,
      response: {
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": headers["x-ratelimit-reset"] },
        data: { message: "API rate limit exceeded for installation ID 1." },
      },
    });
    github.rateLimit.lift();
    expect((await ask()).headers["x-ratelimit-remaining"]).toBe("4999");
  });

  it("may send as many again in the next hour", () => {
    let now = 1_793_638_860_000;
    const rateLimit = new RateLimit(() => now);
    rateLimit.enforce(1);
    expect([isAllowed(rateLimit), isAllowed(rateLimit)]).toEqual([true, false]);
    now += 3_599_000;
    expect(isAllowed(rateLimit)).toBe(false);
    now += 1000;
    expect([isAllowed(rateLimit), isAllowed(rateLimit)]).toEqual([true, false]);
  });

  it("gets 401 with a token of more than an hour ago", async () => {
    const octokit = await installation();
    const { token } = (await octokit.auth({ type: "installation" })) as { token: string };
    const ask = () =>
      fetch(`${github.url}/users/mira-okafor`, { headers: { authorization: `token ${token}` } });
    expect((await ask()).status).toBe(200);
    clockSkewMs = 3_601_000;
    const refused = await ask();
    expect([refused.status, await refused.json()]).toEqual([
      401,
      expect.objectContaining({ message: "Bad credentials" }),
    ]);
    clockSkewMs = 0;
  });

  it("gets 403 with Retry-After for a secondary rate limit", async () => {
    const octokit = await installation();
    github.faults.add({ path: "/users/", kind: "secondary-rate-limit", retryAfter: 7, times: 1 });
    await expect(octokit.rest.users.getByUsername({ username: "mira-okafor" })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("You have exceeded a secondary rate limit"),
      response: { headers: { "retry-after": "7" } },
    });
  });
});
