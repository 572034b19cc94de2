import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { computeTranslationVersion } from "../../../infra/emulators/bigquery/googlesql/translation-version.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A directory with the suite's state after its first start: with its tables, views and migrated database, and nothing in them. */
    preparedDir: string;
  }
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** What the state is made from, besides the warehouse. */
const ingredients = ["infra/bigquery/tables", "infra/bigquery/views", "shared/database/migrations"];
/** Of the state, what takes time to make. */
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
  // Made aside: two runs may be at it at once, and one that is broken off leaves nothing that looks whole.
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
