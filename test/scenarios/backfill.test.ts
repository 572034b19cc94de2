import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { buildShippedRows } from "../../functions/deployment-changes/build-shipped-rows.ts";
import { readRelevant } from "../../functions/deployment-changes/read-relevant.ts";
import { normalize } from "../../functions/github/normalize.ts";
import { buildCommunityRows, buildOwnRows } from "../../functions/metrics/build-rows.ts";
import { resolveUserType } from "../../functions/metrics/community-row.ts";
import { ciFacts } from "../../functions/refresh-facts/facts/ci-facts.ts";
import { facts } from "../../functions/refresh-facts/facts/facts.ts";
import { githubFacts } from "../../functions/refresh-facts/facts/github-facts.ts";
import { type BackfillOptions, backfill } from "../../infra/backfill/backfill.ts";
import { Checkpoint } from "../../infra/backfill/checkpoint.ts";
import { GitHubReader } from "../../infra/backfill/github-reader.ts";
import { applyFacts } from "../../infra/bigquery/testing/apply-facts.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../../infra/bigquery/testing/frozen-warehouse.ts";
import {
  createHistory,
  type RepositoryHistory,
  recordWebhook,
} from "../../infra/emulators/github/history/repository-history.ts";
import { type RunningGitHub, startGitHub } from "../../infra/emulators/github/start.ts";
import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { saveDeploy } from "../../shared/database/deploys.ts";
import { deploys } from "../../shared/database/schema.ts";
import type { GitHubEvent } from "../../shared/events/event.ts";
import { repositoryClient } from "../../shared/github/installation-client.ts";
import { isIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { repositoryMonth, type Webhook } from "../support/repository-month.ts";
import { withDatabase } from "../support/with-database.ts";

const NOW = "2026-11-20T12:00:00Z";
const since = new Date("2026-10-20T00:00:00Z");
/** A month with 500 pull requests, and one with 30: requests are what takes time. */
const LARGE = "getsentry/large";
const SMALL = "getsentry/small";
/** Its services are deployed from these repositories, under names that are not theirs. */
const organizationFile = fileURLToPath(new URL("../fixtures/two-repositories.yaml", import.meta.url));
const config = readConfig({ CI_TOOLING_CONFIG: organizationFile });
const dataset = config.bigquery.metricsDataset;
const months: Record<string, Webhook[]> = {
  [LARGE]: repositoryMonth(LARGE, since, 500),
  [SMALL]: repositoryMonth(SMALL, since, 30),
};
/** Facts of GitHub's events. The months have no merge queue. */
const FACTS = [...githubFacts, ...ciFacts]
  .map(({ table }) => table)
  .filter((table) => table !== "product_eng.merge_group_event_facts")
  .concat("product_eng.deploy_facts", "product_eng.shipment_facts");
/** Views that show what no single fact does. */
const VIEWS = [
  ...["product_eng.pull_request_cycles", "product_eng.main_red_by_day", "product_eng.ci_by_day"],
  ...["product_eng.deployments", "product_eng.lead_times", "open_source.responses_by_day"],
];

withDatabase();
let github: RunningGitHub;
let live: FrozenWarehouse;
let filled: FrozenWarehouse;
let filledHost: string | undefined;
let dir: string;
beforeAll(async () => {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const histories = new Map(Object.entries(months).map(([name, webhooks]) => [name, toHistory(webhooks)]));
  const repositories = Object.keys(months).map((fullName) => ({
    ...{ fullName, private: false, commits: [], pullRequests: [] },
  }));
  github = await startGitHub({
    appPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
    state: {
      organizations: [{ login: "getsentry", members: ["mira-okafor", "jonas-lindqvist"] }],
      ...{ repositories, users: [], histories },
    },
  });
  vi.stubEnv("GITHUB_API_URL", github.url);
  vi.stubEnv("GH_APP_IDENTIFIER", "1");
  vi.stubEnv("GH_APP_SECRET_KEY", keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  live = await startFrozenWarehouse(NOW);
  filled = await startFrozenWarehouse(NOW);
  filledHost = process.env.BIGQUERY_EMULATOR_HOST;
  dir = mkdtempSync(join(tmpdir(), "backfill-"));
});
afterAll(async () => {
  await Promise.all([live.stop(), filled.stop(), github.stop()]);
  rmSync(dir, { recursive: true });
  vi.unstubAllEnvs();
});

function toHistory(webhooks: Webhook[]): RepositoryHistory {
  const history = createHistory();
  for (const { event, payload } of webhooks) recordWebhook(history, event, payload);
  return history;
}

/** The rows that the functions for metrics and for what deployments shipped write of webhooks which arrive a second after each event. */
async function liveRows(webhooks: Webhook[]): Promise<TableRow[]> {
  await database().delete(deploys);
  const rows: TableRow[] = [];
  for (const [index, { event, payload }] of webhooks.entries()) {
    const { services } = config;
    const normalized = normalize({
      id: `live-${index}`,
      event,
      payload,
      receivedAt: new Date(NOW),
      services,
    });
    const receivedAt = new Date(Date.parse(normalized.time) + 1000).toISOString();
    const received = { ...normalized, receivedAt };
    rows.push(...buildOwnRows(received, config));
    rows.push(...buildCommunityRows(received, config, await resolveUserType(received, config)));
    rows.push(...(await shippedRows(received)));
  }
  return rows;
}

async function shippedRows(event: GitHubEvent): Promise<TableRow[]> {
  const relevant = readRelevant(event, config.services);
  if (isIrrelevant(relevant)) return [];
  const { deployment, services } = relevant;
  const shas = await saveDeploy(event, deployment);
  return buildShippedRows({ event, deployment, shas, services, dataset });
}

async function run(repository: string, changes: Partial<BackfillOptions> & { file?: string } = {}) {
  const { github: client } = await repositoryClient(repository);
  return backfill({
    ...{ repository, since, now: new Date(NOW), config, dryRun: false },
    reader: new GitHubReader(client),
    bigquery: filled.bigquery,
    checkpoint: new Checkpoint(join(dir, changes.file ?? crypto.randomUUID())),
    ...changes,
  });
}

/** Tables that a backfill writes, and those that a refresh of the facts does. */
const TABLES = [
  ...["product_eng.events", "product_eng.development_metrics", "open_source.github_events"],
  "product_eng.deployment_changes",
  ...facts.map(({ table }) => table),
];
const emptyFilled = () =>
  filled.bigquery.query(TABLES.map((name) => `DELETE FROM ${name} WHERE TRUE;`).join("\n"));

const countEvents = async () =>
  Number((await filled.rows("SELECT COUNT(*) AS n FROM product_eng.events"))[0]?.n);

/** What tells a backfill from webhooks: when the suite got to know an event, and its id. */
const OWN_COLUMNS = new Set(["received_at", "event_id", "first_seen_at"]);

async function readFacts({ rows }: FrozenWarehouse): Promise<Record<string, string[]>> {
  const result: Record<string, string[]> = {};
  for (const name of [...FACTS, ...VIEWS])
    result[name] = (await rows(`SELECT * FROM ${name}`))
      .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !OWN_COLUMNS.has(column))))
      .sort();
  return result;
}

async function expectFacts(expected: Record<string, string[]>) {
  await applyFacts(filled.bigquery);
  const actual = await readFacts(filled);
  for (const [name, rows] of Object.entries(expected)) {
    expect(rows.length, name).toBeGreaterThan(0);
    expect(actual[name], name).toEqual(rows);
  }
}

describe("a backfill of a month with 500 pull requests", () => {
  const webhooks = months[LARGE] ?? [];

  it("says in a dry run how much there is, and writes nothing", async () => {
    const summary = await run(LARGE, { dryRun: true });
    expect(summary).toMatchObject({ pullRequests: 500, issues: 100, events: 0, rows: 0 });
    expect(summary.requests).toBeGreaterThan(5 * 500);
    expect(await countEvents()).toBe(0);
  });

  it("gives the same facts as the webhooks, although GitHub failed and the process was killed in between", async () => {
    const file = "month";
    const { github: client } = await repositoryClient(LARGE);
    let requests = 0;
    const failing = new GitHubReader(client, {
      onRequest() {
        if (requests++ === 1700) throw new Error("GitHub is down");
      },
    });
    await expect(run(LARGE, { reader: failing, file })).rejects.toThrow("GitHub is down");
    requests = 0;
    await new Promise<void>((killed) => {
      const reader = new GitHubReader(client, {
        // Nothing happens in the process after this request. The others go on.
        wait: () => new Promise(() => killed()),
        onRequest() {
          if (requests++ === 300) github.rateLimit.enforce(1);
        },
      });
      void run(LARGE, { reader, file });
    });
    github.rateLimit.lift();
    const before = await countEvents();
    expect(before).toBeGreaterThanOrEqual(1000);
    const last = await run(LARGE, { file });
    expect(last.events).toBe(webhooks.length - before);
    await live.given(await liveRows(webhooks));
    await expectFacts(await readFacts(live));
    expect(await countEvents()).toBe(webhooks.length);
    // 4,600 requests, one after the other: most of a minute on an idle machine.
  }, 360_000);

  it("adds nothing the second time", async () => {
    expect(await run(LARGE, { file: "month" })).toMatchObject({ parts: 0, events: 0 });
    expect(await countEvents()).toBe(webhooks.length);
  });
});

describe("a backfill", () => {
  const webhooks = months[SMALL] ?? [];
  let expected: Record<string, string[]>;
  beforeAll(async () => {
    await live.given(await liveRows(webhooks));
    expected = await readFacts(live);
  });
  beforeEach(emptyFilled);

  it("marks its events, gives them the same ids each time, and adds nothing without its checkpoint", async () => {
    const read = () =>
      filled.rows(
        "SELECT event_id, JSON_VALUE(event, '$.origin') AS origin FROM product_eng.events ORDER BY 1",
      );
    await run(SMALL);
    const first = await read();
    expect(await run(SMALL)).toMatchObject({ events: 0, rows: 0 });
    expect(first).toHaveLength(webhooks.length);
    expect(new Set(first.map(({ origin }) => origin))).toEqual(new Set(["backfill"]));
    await emptyFilled();
    await run(SMALL);
    expect(await read()).toEqual(first);
  });

  it("counts what webhooks brought once", async () => {
    await filled.insert(await liveRows(webhooks.filter((_, index) => index % 3 === 0)));
    const before = await countEvents();
    expect((await run(SMALL)).events).toBe(webhooks.length - before);
    await expectFacts(expected);
  });

  it("does not add pushes whose payload was deleted", async () => {
    await filled.insert(await liveRows(webhooks));
    await applyFacts(filled.bigquery);
    await filled.bigquery.query("UPDATE product_eng.events SET payload = NULL WHERE type = 'github.push'");
    expect(await run(SMALL)).toMatchObject({ events: 0 });
  });

  it("adds what deployments shipped that webhooks brought, also if GitHub fails in between", async () => {
    const live = await liveRows(webhooks);
    const shipped = live.filter(({ table }) => table === "deployment_changes");
    // The first two deployments with commits have theirs.
    const ids = [...new Set(shipped.map(({ row }) => row.deployment_id))].slice(0, 2);
    const isHeld = ({ table, row }: TableRow) =>
      table !== "deployment_changes" || ids.includes(row.deployment_id);
    await filled.insert(live.filter(isHeld));
    const { github: client } = await repositoryClient(SMALL);
    let asked = 0;
    const failing = new GitHubReader(client, {
      onRequest() {
        if (github.calls().at(-1)?.path.includes("/compare/") && asked++ === 2)
          throw new Error("GitHub is down");
      },
    });
    await expect(run(SMALL, { reader: failing, file: "shipped" })).rejects.toThrow("GitHub is down");
    const before = await filled.rows(`SELECT COUNT(*) AS n FROM ${dataset}.deployment_changes`);
    const last = await run(SMALL, { file: "shipped" });
    expect(last).toMatchObject({
      parts: 0,
      events: 0,
      shippedCommits: shipped.length - Number(before[0]?.n),
    });
    expect(last.shippedCommits).toBeGreaterThan(0);
    await expectFacts(expected);
    expect(await run(SMALL)).toMatchObject({ events: 0, shippedCommits: 0, rows: 0 });
  });

  it("twice at once counts once", async () => {
    await Promise.all([run(SMALL), run(SMALL)]);
    await expectFacts(expected);
  });

  it("leaves out a list that the App may not read, and says it", async () => {
    const { github: client } = await repositoryClient(SMALL);
    const refused: string[] = [];
    github.faults.add({ path: "/deployments", kind: "status", status: 404 });
    const reader = new GitHubReader(client, { onRefused: (path) => refused.push(path) });
    expect(await run(SMALL, { reader, dryRun: true })).toMatchObject({ pullRequests: 30, deployments: 0 });
    expect(refused).toEqual([`/repos/${SMALL}/deployments`]);
    github.faults.clear();
  });
});

describe("npm run backfill", () => {
  /** @param endAfter requests to GitHub after which the process gets a signal */
  async function command({
    endAfter = Infinity,
    signal = "SIGKILL" as NodeJS.Signals,
    args = [] as string[],
  } = {}) {
    const before = github.calls().length;
    const main = join(import.meta.dirname, "../../infra/backfill/main.ts");
    // The checkpoint is in the working directory.
    const child = spawn(
      process.execPath,
      [
        "--import",
        pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href,
        main,
        "--repo",
        SMALL,
        "--since",
        "2026-10-20",
        ...args,
      ],
      {
        cwd: dir,
        env: { ...process.env, BIGQUERY_EMULATOR_HOST: filledHost, CI_TOOLING_CONFIG: organizationFile },
      },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (output += String(chunk)));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const watch = setInterval(() => {
      if (github.calls().length - before <= endAfter) return;
      clearInterval(watch);
      child.kill(signal);
    }, 1);
    const status = await ended;
    clearInterval(watch);
    return { status, output };
  }

  it("continues after it was killed and after Ctrl-C, and says what it did", async () => {
    await emptyFilled();
    const total = months[SMALL]?.length;
    expect((await command({ args: ["--dry-run"] })).output).toMatch(/pullRequests +30\n[\s\S]*About 0\.\d h/);
    expect((await command({ endAfter: 100, signal: "SIGKILL" })).status).toBe(null);
    expect(await countEvents()).toBe(0);
    const stopped = await command({ endAfter: 100, signal: "SIGINT" });
    expect(stopped).toMatchObject({
      status: 130,
      output: expect.stringContaining("The same command continues"),
    });
    const half = await countEvents();
    expect(half).toBeGreaterThan(20);
    expect(half).toBeLessThan(total ?? 0);
    const { status, output } = await command();
    expect(status, output).toBe(0);
    expect(output).toMatch(/\d+\/\d+ \| .*left \| rate limit \d+/);
    expect(await countEvents()).toBe(total);
  });

  it.each([
    [["--since", "2026"], "--since must be"],
    [["--repo", "x"], "--repo must be"],
  ])("with %j it explains what is wrong", async (args, message) => {
    expect(await command({ args })).toMatchObject({ status: 2, output: expect.stringContaining(message) });
  });
});
