import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ConfigurationError } from "../configuration-error.ts";
import type { Organization } from "./organization.ts";
import { type OrganizationFile, parseOrganizationFile } from "./parse-organization-file.ts";

/**
 * Reads your organization from the file that CI_TOOLING_CONFIG names, else from `ci-tooling.yaml` in the repository.
 * A build replaces this module by the content of the file: a deployed function reads no file. See `infra/build/embed-organization.ts`.
 *
 * @throws {ConfigurationError} if the file is missing or invalid
 */
export function readOrganization(env: Record<string, string | undefined>): Organization {
  return readOrganizationFile(env).organization;
}

/** Reads the same file, with the positions of its values. @throws {ConfigurationError} */
export function readOrganizationFile(
  env: Record<string, string | undefined>,
): OrganizationFile & { file: string } {
  const named = env.CI_TOOLING_CONFIG;
  const path = named || fileURLToPath(new URL("../../ci-tooling.yaml", import.meta.url));
  const file = named || "ci-tooling.yaml";
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const remedy = named ? "CI_TOOLING_CONFIG must name a file" : "restore it, or set CI_TOOLING_CONFIG";
    throw new ConfigurationError(`${file} cannot be read: ${remedy}`, { cause: error });
  }
  return { ...parseOrganizationFile(text, file), file };
}
