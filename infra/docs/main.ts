import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { architecturePicture } from "./architecture-picture.ts";
import { referenceFiles } from "./event-reference.ts";
import { schemaFiles } from "./event-schemas.ts";
import { securityPage } from "./security-page.ts";

const files = {
  ...schemaFiles(),
  ...(await referenceFiles()),
  ...(await securityPage()),
  ...(await architecturePicture()),
};
for (const [path, text] of Object.entries(files)) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(path);
}
