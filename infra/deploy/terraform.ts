import { fileURLToPath } from "node:url";
import { z } from "zod";
import { read, run } from "./run.ts";

const cwd = fileURLToPath(new URL("../terraform/", import.meta.url));

const outputs = z.object({
  release: z.object({ value: z.string() }),
  urls: z.object({ value: z.record(z.string(), z.url()) }),
  releases_bucket: z.object({ value: z.string() }),
  database_instance: z.object({ value: z.string().nullable() }).optional(),
  database_name: z.object({ value: z.string().nullable() }).optional(),
});

export interface Outputs {
  release: string;
  /** Of the sources, by name. */
  urls: Record<string, string>;
  bucket: string;
  /** Null without database. */
  database: { instance: string; name: string } | null;
}

/** @param stateBucket where Terraform's state is kept */
export async function initialize(stateBucket: string) {
  await run("terraform", ["init", "-input=false", `-backend-config=bucket=${stateBucket}`], { cwd });
}

/** Shows what changes and, once that was agreed to, changes it. */
export async function apply(release: string, { yes, dryRun }: { yes: boolean; dryRun: boolean }) {
  const command = dryRun ? ["plan"] : ["apply", ...(yes ? ["-auto-approve"] : [])];
  await run("terraform", [...command, `-var=release=${release}`], { cwd });
}

/** What the last apply left. @throws {Error} before the first */
export async function readOutputs(): Promise<Outputs> {
  const parsed = outputs.parse(JSON.parse(await read("terraform", ["output", "-json"], { cwd })));
  const instance = parsed.database_instance?.value;
  const name = parsed.database_name?.value;
  return {
    release: parsed.release.value,
    urls: parsed.urls.value,
    bucket: parsed.releases_bucket.value,
    database: instance && name ? { instance, name } : null,
  };
}
