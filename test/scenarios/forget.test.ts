import { spawn } from "node:child_process";
import { BigQuery } from "@google-cloud/bigquery";
import { is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountPayload } from "../../infra/emulators/github/webhooks/payload.ts";
import { pullRequestPayload } from "../../infra/emulators/github/webhooks/pull-request.ts";
import { findIdentifiers, forgetInDatabase } from "../../infra/forget/forget-in-database.ts";
import { forgetInWarehouse } from "../../infra/forget/forget-in-warehouse.ts";
import { accountTexts, buildReplacement } from "../../infra/forget/identifiers.ts";
import { database } from "../../shared/database/database.ts";
import * as schema from "../../shared/database/schema.ts";
import { linkGitHub, saveMember } from "../../shared/database/users.ts";
import { type DeploySuite, jonas, mira, startDeploySuite } from "../support/deploy-suite.ts";

const DATASETS = ["product_eng", "open_source"];
const MIRA = [mira.login, mira.email, "U0MIRA"];
/** GitHub's number of the account, and the texts that have it. */
const { id: miraId } = accountPayload(mira.login);
const avatar = (id: number) => `https://avatars.githubusercontent.com/u/${id}?v=4`;
const nodeId = (id: number) => Buffer.from(`04:User${id}`).toString("base64");
let suite: DeploySuite;
let bigquery: BigQuery;
beforeAll(async () => {
  suite = await startDeploySuite();
  bigquery = new BigQuery({ projectId: "local" });
  for (const [slackUser, person] of [
    ["U0MIRA", mira],
    ["U0JONAS", jonas],
  ] as const) {
    const { id } = await saveMember(database(), { slackUser, email: person.email });
    await linkGitHub(database(), id, person.login);
  }
  for (const author of [mira, jonas]) await actOf(author);
});
afterAll(() => suite.stop());

/** A commit that passes, is ready, is deployed; a pull request with a body that names others; a message to the bot. */
async function actOf(author: typeof mira) {
  const number = author === mira ? 41 : 42;
  const before = suite.commit({ author: jonas });
  const sha = suite.commit({
    author,
    message: `fix: Thanks ${author.name}\n\nCo-authored-by: <${author.email}>`,
  });
  await suite.pass(sha);
  await suite.report({ number, status: "started", sha, previousSha: before, user: author.email });
  await suite.report({ number, status: "finished", sha, previousSha: before, user: author.email });
  const pull = {
    repository: "getsentry/sentry",
    id: number,
    number,
    title: `By ${author.login}`,
    author: author.login,
    branch: "fix",
    headSha: sha,
    baseSha: before,
    testMergeSha: before,
    openedAt: "2026-11-02T12:00:00Z",
  };
  const opened = pullRequestPayload(pull, { action: "opened", at: pull.openedAt, sender: author.login });
  const { id } = accountPayload(author.login);
  const noreply = `${id}+${author.login}@users.noreply.github.com`;
  const note = `first\n${author.login}\n${author.email.toUpperCase()} ${noreply}`;
  const body = { ...opened, note, avatar_url: avatar(id), node_id: nodeId(id) };
  await suite.send("github", body, { event: "pull_request" });
  const asked = { action: "review_requested" as const, at: pull.openedAt, sender: jonas.login };
  const requested = pullRequestPayload(pull, { ...asked, reviewer: author.login });
  await suite.send("github", requested, { event: "pull_request" });
  await suite.local.say({ user: author === mira ? "U0MIRA" : "U0JONAS", text: "help" });
  await suite.local.idle();
}

/** Every row of every table, as an export has it. */
async function exportAll(): Promise<string> {
  const lines: string[] = [];
  for (const dataset of DATASETS)
    for (const table of (await bigquery.dataset(dataset).getTables())[0]) {
      if (table.metadata.type === "VIEW") continue;
      const [rows] = await bigquery.query(
        `SELECT TO_JSON_STRING(t) AS line FROM ${dataset}.${table.id} AS t`,
      );
      lines.push(...rows.map(({ line }: { line: string }) => `${table.id} ${line}`));
    }
  for (const table of Object.values(schema)) {
    if (!is(table, PgTable)) continue;
    const { rows } = await database().execute<{ line: string }>(
      sql`SELECT t::text AS line FROM ${table} AS t`,
    );
    lines.push(...rows.map(({ line }) => line));
  }
  return lines.join("\n").toLowerCase();
}

const found = (text: string, names: string[]) => names.filter((name) => text.includes(name.toLowerCase()));
/** How often a number is in a text, other than as a part of a longer one. */
const countNumber = (text: string, number: number) =>
  text.match(new RegExp(`(?<!\\d)${number}(?!\\d)`, "g"))?.length ?? 0;

function runForget(...args: string[]): Promise<{ output: string; status: number | null }> {
  const child = spawn("npx", ["tsx", "infra/forget/main.ts", ...args], { env: process.env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  return new Promise((resolve) => child.on("close", (status) => resolve({ output, status })));
}

it("a person is found by one identifier, and a dry run changes nothing", async () => {
  for (const one of [mira.email.toUpperCase(), mira.login.toUpperCase(), "u0mira"])
    expect((await findIdentifiers([one])).slice(1).sort()).toEqual([...MIRA].sort());
  const before = await exportAll();
  expect(found(before, MIRA)).toEqual(MIRA);
  const { output, status } = await runForget("--login", mira.login, "--dry-run");
  expect(status).toBe(0);
  expect(output).toMatch(/BigQuery, rows that name the person: [1-9]/);
  expect(output).toMatch(/Postgres, rows that name the person: [1-9]/);
  expect(await exportAll()).toBe(before);
});

it("the command leaves no trace of the person in any table, says so without the name, and leaves others alone", async () => {
  const before = await exportAll();
  const count = (text: string, name: string) => text.split(name.toLowerCase()).length;
  const jonasBefore = count(before, jonas.login);
  const rowsBefore = before.split("\n").length;
  const { output, status } = await runForget("--login", mira.login, "--also", mira.name);
  expect(status, output).toBe(0);
  const after = await exportAll();
  expect(found(after, [...MIRA, mira.name, avatar(miraId), nodeId(miraId)])).toEqual([]);
  // As the actor, the requested reviewer, the author of payloads, and in columns.
  expect(countNumber(before, miraId)).toBeGreaterThan(10);
  expect(countNumber(after, miraId)).toBe(0);
  expect(output).not.toContain(String(miraId));
  const { id: jonasId } = accountPayload(jonas.login);
  expect(countNumber(after, jonasId)).toBe(countNumber(before, jonasId));
  expect(found(output.toLowerCase(), [...MIRA, mira.name])).toEqual([]);
  expect(output).toContain("Pub/Sub: events that are retained");
  // Jonas's messages that mention nobody else stay, and no row of the warehouse is deleted.
  expect(found(after, [jonas.login, jonas.email, "U0JONAS"])).toHaveLength(3);
  expect(count(after, jonas.login)).toBeGreaterThan(jonasBefore / 2);
  expect(after.split("\n").length).toBeGreaterThan(rowsBefore - 10);
  const [metrics] = await suite.local.query(
    "SELECT COUNT(DISTINCT author) AS authors FROM product_eng.pull_requests WHERE STARTS_WITH(author, 'forgotten-')",
  );
  expect(metrics).toEqual({ authors: 1 });
  const activity =
    "SELECT DISTINCT user_id FROM open_source.github_events WHERE STARTS_WITH(username, 'forgotten-')";
  expect(await suite.local.query(activity)).toEqual([{ user_id: expect.any(Number) }]);
  expect((await runForget("--login", mira.login)).output).toContain("BigQuery, changed rows: 0");
});

it("a run that dies after a table is completed by the next one", async () => {
  await saveMember(database(), { slackUser: "U0MIRA", email: mira.email });
  await actOf(mira);
  const replacement = buildReplacement(
    [...MIRA, mira.name, ...accountTexts([String(miraId)], MIRA)],
    "forgotten-00000000",
  );
  let queries = 0;
  const dying = new Proxy(bigquery, {
    get(target, name) {
      if (name === "query" && queries++ > 3) throw new Error("killed");
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await expect(forgetInWarehouse(dying, DATASETS, replacement, { dryRun: false })).rejects.toThrow("killed");
  const twice = () => forgetInWarehouse(bigquery, DATASETS, replacement, { dryRun: false });
  await Promise.all([twice(), twice()]);
  await Promise.all([
    forgetInDatabase(replacement, { dryRun: false }),
    forgetInDatabase(replacement, { dryRun: false }),
  ]);
  const left = await exportAll();
  expect(found(left, [...MIRA, mira.name])).toEqual([]);
  expect(countNumber(left, miraId)).toBe(0);
});

it.each([
  [[], "Name the person"],
  [["--login", "ab"], "at least 3 characters"],
  [["--login", "abc", "--pseudonym", "x"], "has the form"],
])("with %j it explains what is wrong", async (args, message) => {
  expect(await runForget(...args)).toMatchObject({ status: 2, output: expect.stringContaining(message) });
});
