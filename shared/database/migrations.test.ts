import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres } from "../../infra/emulators/postgres/start.ts";

const folder = new URL("./migrations/", import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .sort();

let client: pg.Client;
let stop: () => Promise<void> = async () => {};
beforeAll(async () => {
  const postgres = await startPostgres();
  stop = postgres.stop;
  client = new pg.Client(postgres.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await stop();
});

async function apply(names: string[]) {
  for (const name of names) await client.query(readFileSync(new URL(name, folder), "utf8"));
}

it("0002 takes over the failures and passes that the release before stored", async () => {
  const at = files.findIndex((name) => name.startsWith("0002"));
  await apply(files.slice(0, at));
  const context = (sha: string, after: object | null) => ({
    status: after ? "unknown" : "failing",
    repository: "getsentry/getsentry",
    branch: "master",
    sha,
    url: null,
    startedAt: "2026-11-02T12:00:00.000Z",
    completedAt: "2026-11-02T12:10:00.000Z",
    commit: after ? { title: "fix: It" } : null,
    after,
  });
  const insert =
    "INSERT INTO slack_messages (type, ref, channel, ts, context) VALUES ($1, $2, 'C0ENG', $3, $4)";
  await client.query(insert, ["required-check", "a", "1.1", context("a", null)]);
  await client.query(insert, ["required-check", "b", "1.2", context("b", { sha: "a", threadTs: "1.1" })]);
  await client.query(insert, ["please-deploy", "c", "1.3", {}]);
  await client.query(
    "INSERT INTO passed_checks VALUES ('getsentry/getsentry', 'master', 'b', '2026-11-02T11:00:00Z', '2026-11-02T11:10:00Z')",
  );

  await apply(files.slice(at, at + 1));
  const { rows: failures } = await client.query(
    "SELECT id::int, sha, status, first_failure_id::int AS first, channel, ts, commit, jobs_missing FROM failed_checks ORDER BY id",
  );
  const stored = { channel: "C0ENG", jobs_missing: false };
  expect(failures).toEqual([
    { ...stored, id: 1, sha: "a", status: "failing", first: null, ts: "1.1", commit: null },
    { ...stored, id: 2, sha: "b", status: "unknown", first: 1, ts: "1.2", commit: { title: "fix: It" } },
  ]);
  const { rows: commits } = await client.query(
    "SELECT sha, first_started_at FROM checked_commits ORDER BY sha",
  );
  expect(commits).toEqual([
    { sha: "a", first_started_at: new Date("2026-11-02T12:00:00Z") },
    { sha: "b", first_started_at: new Date("2026-11-02T11:00:00Z") },
  ]);
});

it("0006 takes over the runs and passes of the one check that releases before it watched", async () => {
  const at = files.findIndex((name) => name.startsWith("0006"));
  await apply(
    files.slice(
      files.findIndex((name) => name.startsWith("0003")),
      at,
    ),
  );
  // Both tables have b; the pass of z arrived before its run was known.
  await client.query(
    "INSERT INTO passed_checks VALUES ('getsentry/getsentry', 'master', 'z', '2026-11-02T13:00:00Z', '2026-11-02T13:10:00Z')",
  );

  await apply(files.slice(at, at + 1));
  const { rows } = await client.query(
    "SELECT sha, check_name, first_started_at, passed_at FROM commit_checks ORDER BY sha",
  );
  const time = (text: string) => new Date(`2026-11-02T${text}Z`);
  expect(rows).toEqual([
    { sha: "a", check_name: "", first_started_at: time("12:00:00"), passed_at: null },
    { sha: "b", check_name: "", first_started_at: time("11:00:00"), passed_at: time("11:10:00") },
    { sha: "z", check_name: "", first_started_at: time("13:00:00"), passed_at: time("13:10:00") },
  ]);
  const { rows: failures } = await client.query("SELECT DISTINCT check_name, service FROM failed_checks");
  expect(failures).toEqual([{ check_name: "", service: "" }]);
});
