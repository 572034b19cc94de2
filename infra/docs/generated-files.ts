import { readOrganization } from "../../shared/organization/read-organization.ts";
import { bigqueryDir, readViews } from "../bigquery/definitions.ts";
import { organizationViewFiles } from "../bigquery/organization-views.ts";
import { viewLayersFile } from "../bigquery/view-layers.ts";
import { architecturePicture } from "./architecture-picture.ts";
import { configurationSchemaFile } from "./configuration-schema.ts";
import { referenceFiles } from "./event-reference.ts";
import { schemaFiles } from "./event-schemas.ts";
import { lookerViewFiles } from "./looker-views.ts";
import { securityPage } from "./security-page.ts";

/** Everything that `npm run docs` writes, by path from the repository's root. */
export async function generatedFiles(): Promise<Record<string, string>> {
  return {
    ...configurationSchemaFile(),
    ...schemaFiles(),
    ...(await referenceFiles()),
    ...(await securityPage()),
    ...(await architecturePicture()),
    // Of the repository's own file, whatever CI_TOOLING_CONFIG names: a deploy replaces them.
    ...organizationViewFiles(readOrganization({})),
    ...(await lookerViewFiles()),
    ...viewLayersFile(await readViews(bigqueryDir)),
  };
}
