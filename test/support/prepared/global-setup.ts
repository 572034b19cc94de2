import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { computeTranslationVersion } from "../../../infra/emulators/bigquery/googlesql/translation-version.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Directory with the suite's state after a first start: empty tables, views and a migrated database. */
    preparedDir: string;
  }
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Sources of the state, besides the BigQuery emulator's code. */
const ingredients = ["infra/bigquery/tables", "infra/bigquery/views", "shared/database/migrations"];
/** The parts of the state that are slow to create. */
const kept = ["warehouse.duckdb", "postgres", "github-app.pem"];

/**
 * Suites of tests begin with copies of a state that was made once, by a real start. It is made anew when what it is made from has
 * changed. The real start from nothing is what test/e2e/npm-start.test.ts tests.
 */
export default function setup(project: TestProject) {
  const cache = join(root, "node_modules/.cache/ci-tooling");
  const prepared = join(cache, `suite-${digest().slice(0, 16)}`);
  if (!existsSync(prepared)) prepare(prepared);
  project.provide("preparedDir", prepared);
}

function prepare(prepared: string) {
  // Created in a temporary directory: two runs may do it at once, and an interrupted one must leave nothing that looks complete.
  const aside = `${prepared}-${randomBytes(4).toString("hex")}`;
  const { DATABASE_URL: _, ...env } = process.env;
  const build = fileURLToPath(new URL("build.ts", import.meta.url));
  execFileSync(process.execPath, ["--import", "tsx", build, aside], {
    cwd: root,
    env: { ...env, GOOGLE_CLOUD_PROJECT: "local", LOG_LEVEL: "CRITICAL" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (const name of readdirSync(aside)) {
    if (!kept.includes(name)) rmSync(join(aside, name), { recursive: true });
  }
  if (existsSync(prepared)) rmSync(aside, { recursive: true });
  else renameSync(aside, prepared);
}

function digest(): string {
  const hash = createHash("sha256").update(computeTranslationVersion());
  for (const folder of ingredients) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest("hex");
}
