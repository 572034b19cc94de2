import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { normalize } from "../../functions/github/normalize.ts";
import { buildCommunityRows, buildOwnRows } from "../../functions/metrics/build-rows.ts";
import { resolveUserType } from "../../functions/metrics/community-row.ts";
import { type BackfillOptions, backfill } from "../../infra/backfill/backfill.ts";
import { Checkpoint } from "../../infra/backfill/checkpoint.ts";
import { GitHubReader } from "../../infra/backfill/github-reader.ts";
import { applyFacts } from "../../infra/bigquery/testing/apply-facts.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../../infra/bigquery/testing/frozen-warehouse.ts";
import { createHistory, recordWebhook } from "../../infra/emulators/github/history/repository-history.ts";
import { type RunningGitHub, startGitHub } from "../../infra/emulators/github/start.ts";
import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { repositoryClient } from "../../shared/github/installation-client.ts";
import { repositoryMonth } from "../support/repository-month.ts";

const REPOSITORY = "getsentry/history";
const NOW = "2026-11-20T12:00:00Z";
const since = new Date("2026-10-20T00:00:00Z");
const config = readConfig({});
const webhooks = repositoryMonth(REPOSITORY, since, 500);
/** Views that need nothing but GitHub's events. */
const VIEWS = [
  "product_eng.pull_requests",
  "product_eng.check_runs",
  "product_eng.check_commits",
  "product_eng.ci_by_day",
  "product_eng.main_red_periods",
  "product_eng.main_red_by_day",
  "open_source.contributions",
  "open_source.activity_by_day",
  "open_source.responses_by_day",
];

let github: RunningGitHub;
let live: FrozenWarehouse;
let filled: FrozenWarehouse;
let dir: string;
beforeAll(async () => {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const history = createHistory();
  for (const { event, payload } of webhooks) recordWebhook(history, event, payload);
  github = await startGitHub({
    appPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
    state: {
      organizations: [{ login: "getsentry", members: ["mira-okafor", "jonas-lindqvist"] }],
      repositories: [{ fullName: REPOSITORY, private: false, commits: [], pullRequests: [] }],
      users: [],
      histories: new Map([[REPOSITORY, history]]),
    },
  });
  vi.stubEnv("GITHUB_API_URL", github.url);
  vi.stubEnv("GH_APP_IDENTIFIER", "1");
  vi.stubEnv("GH_APP_SECRET_KEY", keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  live = await startFrozenWarehouse(NOW);
  await live.given(...(await liveRows()));
  filled = await startFrozenWarehouse(NOW);
  dir = mkdtempSync(join(tmpdir(), "backfill-"));
});
afterAll(async () => {
  await Promise.all([live.stop(), filled.stop(), github.stop()]);
  rmSync(dir, { recursive: true });
  vi.unstubAllEnvs();
});

/** The rows that the webhooks have brought, a second after each event. */
async function liveRows(some = webhooks): Promise<TableRow[][]> {
  const rows: TableRow[][] = [];
  for (const [index, { event, payload }] of some.entries()) {
    const receivedAt = new Date(since.getTime() + index);
    const normalized = normalize({ id: `live-${index}`, event, payload, receivedAt });
    rows.push(buildOwnRows(normalized, config));
    rows.push(buildCommunityRows(normalized, config, await resolveUserType(normalized, config)));
  }
  return rows;
}

async function run(changes: Partial<BackfillOptions> & { file?: string } = {}) {
  const { github: client } = await repositoryClient(REPOSITORY);
  return backfill({
    ...{ repository: REPOSITORY, since, now: new Date(NOW), config, dryRun: false },
    reader: new GitHubReader(client),
    bigquery: filled.bigquery,
    checkpoint: new Checkpoint(join(dir, changes.file ?? `${Math.random()}`)),
    ...changes,
  });
}

const countRows = async (warehouse: FrozenWarehouse, table = "product_eng.events") =>
  (await warehouse.rows(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n;

async function emptyFilled() {
  for (const dataset of ["product_eng", "open_source"])
    for (const table of (await filled.bigquery.dataset(dataset).getTables())[0])
      if (table.metadata.type !== "VIEW") await filled.rows(`DELETE FROM ${dataset}.${table.id} WHERE TRUE`);
}

async function expectEqualViews() {
  await applyFacts(filled.bigquery);
  for (const view of VIEWS) {
    const read = async (warehouse: FrozenWarehouse) =>
      (await warehouse.rows(`SELECT * FROM ${view}`))
        // When the suite got to know it is the only difference.
        .map(({ received_at: _, ...row }) => JSON.stringify(row))
        .sort();
    const [expected, actual] = [await read(live), await read(filled)];
    expect(expected.length, view).toBeGreaterThan(0);
    expect(actual, view).toEqual(expected);
  }
}

describe("a backfill of a month with 500 pull requests", () => {
  it("says in a dry run how much there is, and writes nothing", async () => {
    expect(await run({ dryRun: true })).toMatchObject({ pullRequests: 500, issues: 100, events: 0, rows: 0 });
    expect(await countRows(filled)).toBe(0);
  });

  it("gives the same views as the webhooks, although it died twice in between", async () => {
    const file = "month";
    const { github: client } = await repositoryClient(REPOSITORY);
    for (const dieAt of [300, 1200]) {
      let requests = 0;
      const reader = new GitHubReader(client, {
        onRequest() {
          if (requests++ === dieAt) throw new Error("killed");
        },
      });
      await expect(run({ reader, file })).rejects.toThrow("killed");
    }
    const started = Date.now();
    expect((await run({ file })).events).toBe(webhooks.length);
    expect(Date.now() - started).toBeLessThan(20_000);
    await expectEqualViews();
    expect(await countRows(filled)).toBe(webhooks.length);
  });

  it("adds nothing the second time, with its checkpoint and without it", async () => {
    expect(await run({ file: "month" })).toMatchObject({ parts: 0, events: 0 });
    expect(await run()).toMatchObject({ events: 0, rows: 0 });
    expect(await countRows(filled)).toBe(webhooks.length);
  });

  it("counts what webhooks brought once", async () => {
    await emptyFilled();
    await filled.given(...(await liveRows(webhooks.filter((_, index) => index % 3 === 0))));
    const before = Number(await countRows(filled));
    expect((await run()).events).toBe(webhooks.length - before);
    await expectEqualViews();
  });

  it("twice at once counts once", async () => {
    await emptyFilled();
    await Promise.all([run(), run()]);
    await expectEqualViews();
  });
});

it("a list that the App may not read is left out, and said", async () => {
  const { github: client } = await repositoryClient(REPOSITORY);
  const refused: string[] = [];
  github.faults.add({ path: "/deployments", kind: "status", status: 404 });
  const reader = new GitHubReader(client, { onRefused: (path) => refused.push(path) });
  expect(await run({ reader, dryRun: true })).toMatchObject({ pullRequests: 500, deployments: 0 });
  expect(refused).toEqual([`/repos/${REPOSITORY}/deployments`]);
  github.faults.clear();
});

describe("GitHub's rate limits", () => {
  const read = async (waits: number[]) => {
    const { github: client } = await repositoryClient(REPOSITORY);
    const reader = new GitHubReader(client, {
      wait: async (ms) => {
        waits.push(ms);
        github.faults.clear();
        github.rateLimit.lift();
      },
    });
    return reader.list(`/repos/${REPOSITORY}/pulls?state=all`);
  };

  it("are left in part to the functions: a backfill waits for the next hour with a fifth of the limit left", async () => {
    const waits: number[] = [];
    github.rateLimit.enforce(4);
    expect(await read(waits)).toHaveLength(500);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(3_500_000);
  });

  it("that are exceeded delay a request and fail nothing", async () => {
    const waits: number[] = [];
    github.faults.add({ path: "/pulls", kind: "status", status: 429 });
    expect(await read(waits)).toHaveLength(500);
    expect(waits.length).toBeGreaterThan(0);
  });
});
