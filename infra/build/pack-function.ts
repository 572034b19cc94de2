import { readFile } from "node:fs/promises";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { type Built, buildFunction } from "./build-function.ts";
import { zip } from "./zip.ts";

/** The source map goes to Sentry; in an instance it would only make the start slower. */
const uploaded = ["index.js", "package.json"];

/** Builds a function and packs what is uploaded of it. */
export async function packFunction(
  folder: FunctionFolder,
  outdir: URL,
): Promise<Built & { archive: Buffer }> {
  const built = await buildFunction(folder, outdir);
  const files = await Promise.all(
    uploaded.map(async (name) => [name, await readFile(new URL(name, outdir))] as const),
  );
  return { ...built, archive: zip(Object.fromEntries(files)) };
}
