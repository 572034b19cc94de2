import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { FunctionFolder } from "../manifests/read-functions.ts";

/** The oldest Node that a bundle has to run on. */
const target = "node20";
const framework = "@google-cloud/functions-framework";

export interface Built {
  /** Bytes of the bundle. */
  bytes: number;
  /** Bytes of each source file in the bundle, by its path from the repository's root. */
  inputs: Map<string, number>;
}

/**
 * Bundles a function into `index.js` with a source map and a package.json: what is uploaded to be deployed.
 *
 * Everything is in the bundle but the Functions Framework. It is the server, and a function registers itself in the memory of the
 * server's own copy; a second copy in the bundle would be told and never asked. So it is the one dependency, in the very version
 * that the tests ran with: without it Google's buildpack takes whichever it has, and what the functions rely on there (the raw
 * body, how a push becomes a CloudEvent) is not part of its interface.
 */
export async function buildFunction(folder: FunctionFolder, outdir: URL): Promise<Built> {
  await mkdir(outdir, { recursive: true });
  const result = await build({
    entryPoints: [fileURLToPath(new URL("index.ts", folder.url))],
    outfile: fileURLToPath(new URL("index.js", outdir)),
    absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
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
  const output = Object.entries(result.metafile.outputs).find(([path]) => path.endsWith("index.js"))?.[1];
  const inputs = Object.entries(output?.inputs ?? {}).map(
    ([path, input]) => [path, input.bytesInOutput] as const,
  );
  return { bytes: output?.bytes ?? 0, inputs: new Map(inputs) };
}

async function packageJson(name: string): Promise<string> {
  const contents = {
    name,
    private: true,
    main: "index.js",
    dependencies: { [framework]: await installedVersion() },
  };
  return `${JSON.stringify(contents, null, 2)}\n`;
}

async function installedVersion(): Promise<string> {
  const file = new URL(`../../node_modules/${framework}/package.json`, import.meta.url);
  return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
}
