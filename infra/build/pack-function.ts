import { readFile } from "node:fs/promises";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { type BuiltFunction, buildFunction } from "./build-function.ts";
import { zip } from "./zip.ts";

/** Source maps go to Sentry; in an instance one would only slow the cold start. */
const uploaded = ["index.cjs", "package.json"];

/** Builds a function and packs the files that a deploy uploads. */
export async function packFunction(
  folder: FunctionFolder,
  outdir: URL,
): Promise<BuiltFunction & { archive: Buffer }> {
  const built = await buildFunction(folder, outdir);
  const files = await Promise.all(
    uploaded.map(async (name) => [name, await readFile(new URL(name, outdir))] as const),
  );
  return { ...built, archive: zip(Object.fromEntries(files)) };
}
