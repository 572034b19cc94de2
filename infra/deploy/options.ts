import { parseArgs } from "node:util";

export interface DeployOptions {
  /** Sha of the commit whose archives are deployed. */
  release: string;
  /** Before there is a release: everything but the functions. */
  first: boolean;
  /** The archives are there already: a rollback. */
  uploaded: boolean;
  /** Stops after the database. */
  onlyMigrate: boolean;
  /** Changes nothing: says what would be migrated and what Terraform would do. */
  dryRun: boolean;
  /** Nobody is asked. */
  yes: boolean;
}

/** @param head the commit that is checked out @throws {TypeError} naming what is wrong with the arguments */
export function readOptions(args: string[], head: string): DeployOptions {
  const { values } = parseArgs({
    args,
    options: {
      release: { type: "string" },
      first: { type: "boolean", default: false },
      uploaded: { type: "boolean", default: false },
      "only-migrate": { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
    },
  });
  const release = values.first ? "none" : (values.release ?? head);
  if (release !== "none" && !/^[0-9a-f]{7,40}$/.test(release))
    throw new TypeError(`--release ${release} is not the sha of a commit`);
  return {
    release,
    first: values.first,
    uploaded: values.uploaded,
    onlyMigrate: values["only-migrate"],
    dryRun: values["dry-run"],
    yes: values.yes,
  };
}
