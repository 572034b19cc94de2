import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { defaultGitHubState } from "./seed/github.ts";
import { startServices } from "./services.ts";

const endpoints = {
  PUBSUB_EMULATOR_HOST: "127.0.0.1:1",
  BIGQUERY_EMULATOR_HOST: "http://127.0.0.1:1",
  SLACK_API_URL: "http://127.0.0.1:1",
  GITHUB_API_URL: "http://127.0.0.1:1",
  DATABASE_URL: "postgres://127.0.0.1:1/x",
};

it.each<[keyof typeof endpoints, string, string]>([
  ["BIGQUERY_EMULATOR_HOST", "warehouse.duckdb", "warehouse.duckdb"],
  ["DATABASE_URL", "postgres", "postgres/PG_VERSION"],
  ["PUBSUB_EMULATOR_HOST", "pubsub", "pubsub"],
])("without %s, state that cannot be read is named, with what to do", async (variable, named, file) => {
  const dataDir = mkdtempSync(join(tmpdir(), "services-"));
  mkdirSync(dirname(join(dataDir, file)), { recursive: true });
  writeFileSync(join(dataDir, file), "cut off");
  Object.assign(process.env, endpoints, { [variable]: "" });
  const started = startServices({
    dataDir,
    port: 0,
    githubState: defaultGitHubState(),
    onSlackChanged: () => {},
  });
  await expect(started).rejects.toThrow(
    `${join(dataDir, named)} cannot be read. npm start -- --fresh deletes the state and begins again`,
  );
  rmSync(dataDir, { recursive: true, force: true });
});
