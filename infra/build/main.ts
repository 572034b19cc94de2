import { rm, writeFile } from "node:fs/promises";
import { readFunctions } from "../manifests/read-functions.ts";
import { packFunction } from "./pack-function.ts";

const dist = new URL("../../dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
for (const folder of await readFunctions()) {
  const { bytes, archive } = await packFunction(folder, new URL(`${folder.name}/`, dist));
  await writeFile(new URL(`${folder.name}.zip`, dist), archive);
  console.log(`dist/${folder.name}  ${kilobytes(bytes)}, ${kilobytes(archive.length)} zipped`);
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} kB`;
}
