import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BigQuery } from "@google-cloud/bigquery";
import { SingleBar } from "cli-progress";
import { readConfig } from "../../shared/config.ts";
import { repositoryClient } from "../../shared/github/installation-client.ts";
import { runMain, UsageError } from "../cli/run-main.ts";
import { backfill } from "./backfill.ts";
import { Checkpoint } from "./checkpoint.ts";
import { GitHubReader, RESERVE } from "./github-reader.ts";

/** Of an installation: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const DEFAULT_LIMIT = 5000;

const usage = `Usage: npm run backfill -- --repo OWNER/NAME --since YYYY-MM-DD [--dry-run]

Reads a repository's history from GitHub's API and adds what the warehouse does not hold. Nothing is posted in Slack. Ctrl-C ends it; the same
command continues. It leaves a fifth of GitHub's hourly limit to the functions. Reads .env if there is one.
  --repo OWNER/NAME    repository in which the GitHub App is installed
  --since YYYY-MM-DD   first day
  --dry-run            reads the lists, says how much there is, and writes nothing`;

const options = {
  repo: { type: "string" },
  since: { type: "string" },
  "dry-run": { type: "boolean", default: false },
} as const;

await runMain({ usage, options }, async ({ values }) => {
  const { repo, since, "dry-run": dryRun } = values;
  if (!repo || !/^[\w.-]+\/[\w.-]+$/.test(repo)) throw new UsageError("--repo must be OWNER/NAME");
  if (!since || !/^\d{4}-\d\d-\d\d$/.test(since) || Number.isNaN(Date.parse(since)))
    throw new UsageError("--since must be YYYY-MM-DD");
  if (existsSync(".env")) process.loadEnvFile(".env");
  if (process.env.BIGQUERY_EMULATOR_HOST) process.env.METADATA_SERVER_DETECTION ||= "none";
  const { github } = await repositoryClient(repo);
  const stopping = new AbortController();
  // A second Ctrl-C ends the process at once.
  process.once("SIGINT", () => stopping.abort());
  const bar = new SingleBar({
    format: "{bar} {value}/{total} | {eta_formatted} left | rate limit {remaining} | {state}",
    hideCursor: true,
    // A line every ten seconds in a log.
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    stopOnComplete: true,
  });
  let state = "reading";
  const reader = new GitHubReader(github, {
    wait: (ms) => sleep(ms, undefined, { signal: stopping.signal }),
    onRefused: (path) => console.error(`The App may not read ${path}: left out`),
    onWait(ms) {
      state = `waiting ${Math.ceil(ms / 60_000)} min for the rate limit`;
      bar.update({ state, remaining: reader.rateLimit?.remaining ?? "?" });
    },
  });
  const started = Date.now();
  const summary = await backfill({
    repository: repo,
    since: new Date(`${since}T00:00:00Z`),
    now: new Date(),
    config: readConfig(process.env),
    reader,
    bigquery: new BigQuery(),
    checkpoint: new Checkpoint(join(".local", "backfill", `${repo.replace("/", "+")}+${since}.txt`)),
    dryRun,
    signal: stopping.signal,
    onProgress(done, total) {
      state = "reading";
      const payload = { state, remaining: reader.rateLimit?.remaining ?? "?" };
      if (done === 0 && !dryRun) bar.start(total, 0, payload);
      else {
        // What deployments shipped is known once they are in the warehouse.
        bar.setTotal(total);
        bar.update(done, payload);
      }
    },
  });
  bar.stop();
  const perHour = Math.floor((reader.rateLimit?.limit ?? DEFAULT_LIMIT) * (1 - RESERVE));
  const hours = (summary.requests / perHour).toFixed(1);
  const { complete, ...counts } = summary;
  for (const [name, count] of Object.entries(counts)) console.log(`${name.padEnd(16)} ${count}`);
  if (dryRun)
    console.log(
      `Nothing was written. About ${hours} h: ${perHour} requests an hour are not left to the functions.`,
    );
  else if (complete) console.log(`Done in ${Math.round((Date.now() - started) / 1000)} s`);
  else {
    console.log("Stopped. The same command continues.");
    process.exitCode = 130;
  }
});
