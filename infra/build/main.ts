import { rm, writeFile } from "node:fs/promises";
import { runMain } from "../cli/run-main.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { packFunction } from "./pack-function.ts";

const usage = `Usage: npm run build

Bundles every function into dist/<name>/ and packs dist/<name>.zip, the archive that a deploy uploads.`;

const dist = new URL("../../dist/", import.meta.url);

await runMain({ usage, options: {} }, async () => {
  await rm(dist, { recursive: true, force: true });
  for (const folder of await readFunctions()) {
    const { bytes, archive } = await packFunction(folder, new URL(`${folder.name}/`, dist));
    await writeFile(new URL(`${folder.name}.zip`, dist), archive);
    console.log(`dist/${folder.name}  ${toKilobytes(bytes)}, ${toKilobytes(archive.length)} zipped`);
  }
});

function toKilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} kB`;
}
