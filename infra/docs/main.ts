import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { referenceFiles } from "./event-reference.ts";
import { schemaFiles } from "./event-schemas.ts";

for (const [path, text] of Object.entries({ ...schemaFiles(), ...(await referenceFiles()) })) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(path);
}
