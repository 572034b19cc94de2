import { UsageError } from "../cli/run-main.ts";

export const usage = `Usage: npm run deploy -- [--first] [--release SHA] [--uploaded] [--only-migrate] [--dry-run] [--yes]

Deploys the commit that is checked out: builds and uploads the archives, migrates the database, applies Terraform, and sends each
source a request with a wrong signature. TERRAFORM_STATE_BUCKET names the bucket of Terraform's state.
  --first          create everything except the functions, before the first release
  --release SHA    deploy this commit instead
  --uploaded       the archives are uploaded already: roll back to them, with the configuration that is checked out
  --only-migrate   stop after the database
  --dry-run        change nothing; show the missing migrations and Terraform's plan
  --yes            apply without a question`;

/** Arguments of `npm run deploy`, as parseArgs takes them. */
export const deployFlags = {
  release: { type: "string" },
  first: { type: "boolean" },
  uploaded: { type: "boolean" },
  "only-migrate": { type: "boolean" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
} as const;

type DeployFlags = { [Flag in keyof typeof deployFlags]?: Flag extends "release" ? string : boolean };

export interface DeployOptions {
  /** Sha of the commit whose archives are deployed; "none" before there is a release. */
  release: string;
  first: boolean;
  uploaded: boolean;
  onlyMigrate: boolean;
  dryRun: boolean;
  yes: boolean;
}

/** @param head the commit that is checked out @throws {UsageError} if the release is no sha */
export function readOptions(flags: DeployFlags, head: string): DeployOptions {
  const { first = false, uploaded = false, yes = false } = flags;
  const release = first ? "none" : (flags.release ?? head);
  if (release !== "none" && !/^[0-9a-f]{7,40}$/.test(release))
    throw new UsageError(`--release ${release} is not the sha of a commit`);
  return {
    release,
    first,
    uploaded,
    onlyMigrate: flags["only-migrate"] ?? false,
    dryRun: flags["dry-run"] ?? false,
    yes,
  };
}
