/**
 * Deploys the commit that is checked out: npm run deploy -- [--first] [--release SHA] [--uploaded] [--only-migrate] [--dry-run] [--yes]
 *
 * Builds and uploads, brings the database up to date, has Terraform make everything as it is declared, and tries each URL.
 */
import { fileURLToPath } from "node:url";
import { readFunctions } from "../manifests/read-functions.ts";
import { migrateCloud } from "./migrate-cloud.ts";
import { readOptions } from "./options.ts";
import { read, run } from "./run.ts";
import { smokeTest } from "./smoke-test.ts";
import { apply, initialize, readOutputs } from "./terraform.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const options = readOptions(process.argv.slice(2), await read("git", ["rev-parse", "HEAD"], { cwd: root }));
const stateBucket = process.env.TERRAFORM_STATE_BUCKET;
if (!stateBucket)
  throw new Error("TERRAFORM_STATE_BUCKET is not set: the bucket that Terraform's state is kept in");
const functions = await readFunctions();

await initialize(stateBucket);
if (options.first) {
  await apply(options.release, options);
} else {
  const before = await readOutputs();
  if (!options.uploaded && !options.onlyMigrate && !options.dryRun) await upload(before.bucket);
  // Before the code that needs it: migrations only add, so that the code that runs now goes on running.
  if (before.database && !options.uploaded) await migrateCloud(before.database, options);
  if (!options.onlyMigrate) await apply(options.release, options);
  if (!options.onlyMigrate && !options.dryRun) await tryUrls();
}

async function upload(bucket: string) {
  await run("npm", ["run", "--silent", "build"], { cwd: root });
  const archives = functions.map(({ name }) => `dist/${name}.zip`);
  await run("gcloud", ["storage", "cp", ...archives, `gs://${bucket}/${options.release}/`], { cwd: root });
}

async function tryUrls() {
  const { urls } = await readOutputs();
  const problems = await smokeTest(
    functions.filter(({ manifest }) => "http" in manifest.trigger),
    urls,
  );
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else for (const [name, url] of Object.entries(urls)) console.log(`${name.padEnd(20)} ${url}`);
}
