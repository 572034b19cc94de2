import { rm } from "node:fs/promises";
import { readFunctions } from "../manifests/read-functions.ts";
import { buildFunction } from "./build-function.ts";

const dist = new URL("../../dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
for (const folder of await readFunctions()) {
  const bytes = await buildFunction(folder, new URL(`${folder.name}/`, dist));
  console.log(`dist/${folder.name}  ${Math.round(bytes / 1024)} kB`);
}
