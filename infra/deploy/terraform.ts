import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readOrganization } from "../../shared/organization/read-organization.ts";
import { organizationViews } from "../bigquery/organization-views.ts";
import { read, run } from "./run.ts";

const cwd = fileURLToPath(new URL("../terraform/", import.meta.url));

const outputs = z.object({
  release: z.object({ value: z.string() }),
  urls: z.object({ value: z.record(z.string(), z.url()) }),
  subscriptions: z.object({ value: z.record(z.string(), z.string()) }).optional(),
  releases_bucket: z.object({ value: z.string() }),
  database_instance: z.object({ value: z.string().nullable() }).optional(),
  database_name: z.object({ value: z.string().nullable() }).optional(),
});

export interface Outputs {
  release: string;
  /** URLs of the sources, by name. */
  urls: Record<string, string>;
  /** Names of the push subscriptions, by `<function>-<topic>`; null if the last apply was one of a version without this output. */
  subscriptions: Record<string, string> | null;
  bucket: string;
  /** Null if Terraform created no database. */
  database: { instance: string; name: string } | null;
}

/** @param stateBucket bucket of Terraform's state */
export async function initialize(stateBucket: string) {
  await run("terraform", ["init", "-input=false", `-backend-config=bucket=${stateBucket}`], { cwd });
}

/** How long an apply waits for another one: a rollback that is started during a deploy must not fail. */
const LOCK_TIMEOUT = "30m";

/**
 * Shows the plan and applies it once the user agrees; with `yes` without a question, with `dryRun` never. The views of the organization are
 * those of the file that CI_TOOLING_CONFIG names.
 *
 * @throws {ConfigurationError} if that file is missing or invalid
 */
export async function apply(release: string, { yes, dryRun }: { yes: boolean; dryRun: boolean }) {
  const command = dryRun
    ? ["plan"]
    : ["apply", `-lock-timeout=${LOCK_TIMEOUT}`, ...(yes ? ["-auto-approve"] : [])];
  const views = JSON.stringify(organizationViews(readOrganization(process.env)));
  const env = { TF_VAR_organization_views: views };
  await run("terraform", [...command, `-var=release=${release}`], { cwd, env });
}

/** Reads the outputs of the last apply. @throws {Error} before the first one */
export async function readOutputs(): Promise<Outputs> {
  const parsed = outputs.parse(JSON.parse(await read("terraform", ["output", "-json"], { cwd })));
  const instance = parsed.database_instance?.value;
  const name = parsed.database_name?.value;
  return {
    release: parsed.release.value,
    urls: parsed.urls.value,
    subscriptions: parsed.subscriptions?.value ?? null,
    bucket: parsed.releases_bucket.value,
    database: instance && name ? { instance, name } : null,
  };
}
