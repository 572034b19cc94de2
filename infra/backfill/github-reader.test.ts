import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { repositoryClient } from "../../shared/github/installation-client.ts";
import { createHistory } from "../emulators/github/history/repository-history.ts";
import { type RunningGitHub, startGitHub } from "../emulators/github/start.ts";
import { GitHubReader } from "./github-reader.ts";
import { readRuns } from "./read-runs.ts";

const REPOSITORY = "getsentry/runs";
const path = `/repos/${REPOSITORY}/actions/runs`;
const since = new Date("2026-10-20T00:00:00Z");
const until = new Date("2026-11-20T00:00:00Z");
let github: RunningGitHub;
beforeAll(async () => {
  const history = createHistory();
  for (let id = 1; id <= 2500; id++) {
    const created_at = new Date(since.getTime() + id * 60_000).toISOString().replace(".000Z", "Z");
    const status = id % 100 === 0 ? "in_progress" : "completed";
    history.workflowRuns.set(id, { id, run_attempt: 1, status, created_at });
  }
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  github = await startGitHub({
    appPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
    state: {
      organizations: [{ login: "getsentry", members: [] }],
      repositories: [{ fullName: REPOSITORY, private: false, commits: [], pullRequests: [] }],
      users: [],
      histories: new Map([[REPOSITORY, history]]),
    },
  });
  vi.stubEnv("GITHUB_API_URL", github.url);
  vi.stubEnv("GH_APP_IDENTIFIER", "1");
  vi.stubEnv("GH_APP_SECRET_KEY", keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
});
afterAll(async () => {
  await github.stop();
  vi.unstubAllEnvs();
});

/** A reader that does not wait, and ends every limit when it would. */
async function createReader(waits: number[]) {
  const { github: client } = await repositoryClient(REPOSITORY);
  return new GitHubReader(client, {
    wait: async (ms) => {
      waits.push(ms);
      github.faults.clear();
      github.rateLimit.lift();
    },
  });
}

it("completed workflow runs are read in spans of time when a search has more than GitHub returns", async () => {
  const runs = await readRuns(await createReader([]), path, since, until);
  expect(runs).toHaveLength(2475);
  expect(new Set(runs.map(({ id }) => id)).size).toBe(2475);
});

describe("GitHub's rate limits", () => {
  const list = async (waits: number[]) => (await createReader(waits)).list(path, { key: "workflow_runs" });

  it("are left in part to the functions: a reader waits for the next hour with a fifth of the limit left", async () => {
    const waits: number[] = [];
    github.rateLimit.enforce(5);
    expect(await list(waits)).toHaveLength(1000);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(3_500_000);
  });

  it.each([
    ["without Retry-After", { kind: "status", status: 429 } as const, 60_000],
    ["with Retry-After", { kind: "secondary-rate-limit", retryAfter: 120 } as const, 120_000],
  ])("that are exceeded, %s, delay a request and fail nothing", async (_, fault, expected) => {
    const waits: number[] = [];
    github.faults.add({ path: "/actions/runs", ...fault });
    expect(await list(waits)).toHaveLength(1000);
    expect(waits).toEqual([expected]);
  });
});

it("a list that the App may not read is empty, and other errors are thrown", async () => {
  const { github: client } = await repositoryClient(REPOSITORY);
  const refused: string[] = [];
  const reader = new GitHubReader(client, { onRefused: (name) => refused.push(name) });
  const read = (status: number) => {
    github.faults.add({ path: "/actions/runs", kind: "status", status, times: 1 });
    return reader.ifPermitted("runs", () => reader.list(path));
  };
  expect(await read(404)).toEqual([]);
  expect(refused).toEqual(["runs"]);
  await expect(read(422)).rejects.toThrow("Injected fault");
});
