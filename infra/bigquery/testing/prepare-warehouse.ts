import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BigQuery } from "@google-cloud/bigquery";
import { computeTranslationVersion } from "../../emulators/bigquery/googlesql/translation-version.ts";
import { startWarehouse } from "../../emulators/bigquery/start.ts";
import { createTables } from "../apply-definitions.ts";
import { bigqueryDir } from "../definitions.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const cacheDir = join(root, "node_modules/.cache/ci-tooling");
/** Files of other definitions are deleted after this time. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Creates the project's tables and views in a DuckDB file, unless the same definitions were created before: that takes some two seconds
 * of CPU, and every test file needs them.
 *
 * @returns path of the file, which must be copied before it is opened
 */
export async function prepareWarehouse(): Promise<string> {
  const file = join(cacheDir, `warehouse-${hashDefinitions().slice(0, 16)}.duckdb`);
  if (existsSync(file)) return file;
  mkdirSync(cacheDir, { recursive: true });
  // Another process may do the same, and an interrupted one must leave nothing that looks complete.
  const draft = join(cacheDir, `draft-${randomUUID()}.duckdb`);
  const warehouse = await startWarehouse({ file: draft });
  process.env.BIGQUERY_EMULATOR_HOST = `${warehouse.url}/bigquery/v2`;
  try {
    await createTables(new BigQuery({ projectId: "local" }), bigqueryDir);
  } finally {
    await warehouse.stop();
  }
  renameSync(draft, file);
  deleteOldFiles();
  return file;
}

/** Hashes everything that decides how the tables and views are stored. */
function hashDefinitions(): string {
  const hash = createHash("sha256").update(computeTranslationVersion());
  const code = readdirSync(bigqueryDir).filter((name) => name.endsWith(".ts"));
  const definitions = ["tables", "views", "upgrades"].flatMap((folder) =>
    readdirSync(join(bigqueryDir, folder)).map((name) => join(folder, name)),
  );
  for (const name of [...code, ...definitions].sort())
    if (!name.endsWith(".test.ts")) hash.update(name).update(readFileSync(join(bigqueryDir, name)));
  return hash.digest("hex");
}

function deleteOldFiles(): void {
  for (const name of readdirSync(cacheDir)) {
    const file = join(cacheDir, name);
    if (/^(warehouse|draft)-.*\.duckdb/.test(name) && Date.now() - statSync(file).mtimeMs > KEPT_MS)
      rmSync(file, { force: true });
  }
}
