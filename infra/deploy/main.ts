import { fileURLToPath } from "node:url";
import { runMain } from "../cli/run-main.ts";
import { type FunctionFolder, readFunctions } from "../manifests/read-functions.ts";
import { completeRelease } from "./complete-release.ts";
import { migrateCloud } from "./migrate-cloud.ts";
import { deployFlags, readOptions, usage } from "./options.ts";
import { replacedSubscriptions, seekReplaced } from "./replaced-subscriptions.ts";
import { read, run } from "./run.ts";
import { smokeTest } from "./smoke-test.ts";
import { apply, initialize, readOutputs } from "./terraform.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

await runMain({ usage, options: deployFlags }, async ({ values }) => {
  const options = readOptions(values, await read("git", ["rev-parse", "HEAD"], { cwd: root }));
  const stateBucket = process.env.TERRAFORM_STATE_BUCKET;
  if (!stateBucket) throw new Error("TERRAFORM_STATE_BUCKET, the bucket of Terraform's state, is not set");

  await initialize(stateBucket);
  if (options.first) return apply(options.release, options);
  const before = await readOutputs();
  if (!options.uploaded && !options.onlyMigrate && !options.dryRun)
    await upload(before.bucket, options.release);
  // Migrate before deploying the code that needs the new schema. Migrations only add, so the running code continues to work.
  if (before.database && !options.uploaded) await migrateCloud(before.database, options);
  if (options.onlyMigrate) return;
  const functions = await readFunctions();
  if (options.uploaded && !options.dryRun)
    await completeRelease(
      { bucket: before.bucket, running: before.release, release: options.release },
      functions.map(({ name }) => name),
    );
  const appliedFrom = new Date();
  await apply(options.release, options);
  if (options.dryRun) return;
  const after = await readOutputs();
  if (before.release !== "none")
    await seekReplaced(replacedSubscriptions(before.subscriptions, after.subscriptions ?? {}), appliedFrom);
  await testUrls(after.urls, functions);
});

async function upload(bucket: string, release: string): Promise<void> {
  await run("npm", ["run", "--silent", "build"], { cwd: root });
  const archives = (await readFunctions()).map(({ name }) => `dist/${name}.zip`);
  await run("gcloud", ["storage", "cp", ...archives, `gs://${bucket}/${release}/`], { cwd: root });
}

async function testUrls(urls: Record<string, string>, functions: FunctionFolder[]): Promise<void> {
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
  const problems = await smokeTest(sources, urls);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else for (const [name, url] of Object.entries(urls)) console.log(`${name.padEnd(20)} ${url}`);
}
