import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { FunctionFolder } from "../manifests/read-functions.ts";

/** The oldest Node that a bundle has to run on. */
const target = "node20";
const framework = "@google-cloud/functions-framework";

/**
 * Bundles a function into `index.js` with a source map and a package.json: what is uploaded to be deployed.
 * The Functions Framework stays outside: functions register themselves with the one that serves them.
 *
 * @returns size of the bundle in bytes
 */
export async function buildFunction(folder: FunctionFolder, outdir: URL): Promise<number> {
  await mkdir(outdir, { recursive: true });
  const result = await build({
    entryPoints: [fileURLToPath(new URL("index.ts", folder.url))],
    outfile: fileURLToPath(new URL("index.js", outdir)),
    bundle: true,
    minify: true,
    sourcemap: true,
    metafile: true,
    platform: "node",
    format: "cjs",
    target,
    external: [framework],
    logLevel: "warning",
  });
  await writeFile(new URL("package.json", outdir), await packageJson(folder.name));
  const output = Object.entries(result.metafile.outputs).find(([path]) => path.endsWith("index.js"));
  return output?.[1].bytes ?? 0;
}

async function packageJson(name: string): Promise<string> {
  const root = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const contents = {
    name,
    private: true,
    main: "index.js",
    dependencies: { [framework]: root.dependencies[framework] },
  };
  return `${JSON.stringify(contents, null, 2)}\n`;
}
