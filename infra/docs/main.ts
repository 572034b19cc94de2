import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { viewLayersFile } from "../bigquery/view-layers.ts";
import { readViews } from "../local/bigquery/table-schemas.ts";
import { referenceFiles } from "./event-reference.ts";
import { schemaFiles } from "./event-schemas.ts";

const files = {
  ...schemaFiles(),
  ...(await referenceFiles()),
  ...viewLayersFile(await readViews("infra/bigquery")),
};
for (const [path, text] of Object.entries(files)) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(path);
}
