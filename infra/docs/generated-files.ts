import { viewLayersFile } from "../bigquery/view-layers.ts";
import { readViews } from "../local/bigquery/table-schemas.ts";
import { architecturePicture } from "./architecture-picture.ts";
import { referenceFiles } from "./event-reference.ts";
import { schemaFiles } from "./event-schemas.ts";
import { securityPage } from "./security-page.ts";

/** Everything that `npm run docs` writes, by path from the repository's root. */
export async function generatedFiles(): Promise<Record<string, string>> {
  return {
    ...schemaFiles(),
    ...(await referenceFiles()),
    ...(await securityPage()),
    ...(await architecturePicture()),
    ...viewLayersFile(await readViews("infra/bigquery")),
  };
}
