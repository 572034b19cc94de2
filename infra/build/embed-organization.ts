import type { Plugin } from "esbuild";
import { readOrganization } from "../../shared/organization/read-organization.ts";

/** Replaces the module that reads `ci-tooling.yaml` by the file's content: a deployed function needs neither the file nor a YAML parser. */
export function embedOrganization(env: Record<string, string | undefined>): Plugin {
  return {
    name: "embed-organization",
    setup(build) {
      build.onLoad({ filter: /[\\/]shared[\\/]organization[\\/]read-organization\.ts$/ }, () => ({
        contents: `const organization = ${JSON.stringify(readOrganization(env))};
export const readOrganization = () => organization;`,
        loader: "js",
      }));
    },
  };
}
