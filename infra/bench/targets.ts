import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildFunction } from "../build/build-function.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { installPeers } from "./install-peers.ts";
import type { FunctionTarget, Target } from "./measured-process.ts";

/** Inside of the repository, so that a built function finds the installed Functions Framework. */
const builtUrl = new URL("../../dist/bench/", import.meta.url);

/** The peer that ratios refer to. */
export const TEN_LINES = "ten lines by hand: verify, publish, 202";

/** The alternatives to the suite's function `github`, the least first. */
export async function listPeers(): Promise<Target[]> {
  return [
    { name: "bare Functions Framework, no work", ...handWritten("bare-framework") },
    ...(await installPeers()),
    { name: TEN_LINES, ...handWritten("ten-lines") },
  ];
}

function handWritten(file: string) {
  return { source: fileURLToPath(new URL(`targets/${file}.cjs`, import.meta.url)), function: "handler" };
}

/** Builds functions of the suite as they are deployed; all of them unless `names` are given. */
export async function buildTargets(names?: string[]): Promise<FunctionTarget[]> {
  await rm(builtUrl, { recursive: true, force: true });
  const folders = (await readFunctions()).filter(({ name }) => names?.includes(name) ?? true);
  for (const folder of folders) await buildFunction(folder, new URL(`${folder.name}/`, builtUrl));
  return folders.map(({ name }) => ({
    name: `this suite's \`${name}\``,
    source: fileURLToPath(new URL(`${name}/`, builtUrl)),
    function: name,
  }));
}
