import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { embedFiles } from "./embed-files.ts";
import { embedOrganization } from "./embed-organization.ts";
import { omitUnused } from "./omit-unused.ts";

/** The oldest Node version that runs a bundle. */
const target = "node20";
const framework = "@google-cloud/functions-framework";

export interface BuiltFunction {
  /** Size of the bundle. */
  bytes: number;
  /** Bytes that each source file contributes to the bundle, by path from the repository's root. */
  inputs: Map<string, number>;
}

/**
 * Bundles a function into `index.cjs`, with a source map and a package.json.
 *
 * The Functions Framework stays outside the bundle. It is the server, and a function registers itself in the memory of the server's
 * copy: a function registered in a second copy would never be called. The package.json pins the version that the tests ran with.
 * Without the pin Google's buildpack chooses a version, and the functions rely on two things that are not part of the framework's
 * interface: the raw body, and the conversion of a push to a CloudEvent.
 *
 * The extension `.cjs` lets the framework load the bundle at once. For `.js` it first loads a package that looks for the package.json,
 * which takes about 20 ms of a cold start.
 */
export async function buildFunction(folder: FunctionFolder, outdir: URL): Promise<BuiltFunction> {
  await mkdir(outdir, { recursive: true });
  const result = await build({
    entryPoints: [fileURLToPath(new URL("index.ts", folder.url))],
    outfile: fileURLToPath(new URL("index.cjs", outdir)),
    absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
    bundle: true,
    minify: true,
    sourcemap: true,
    metafile: true,
    platform: "node",
    format: "cjs",
    target,
    // As the buildpack sets it: without it, libraries would be bundled with their checks for development too.
    define: { "process.env.NODE_ENV": '"production"' },
    external: [framework],
    plugins: [omitUnused, embedOrganization(process.env), embedFiles],
    logLevel: "warning",
  });
  await writeFile(new URL("package.json", outdir), await packageJson(folder.name));
  const output = Object.entries(result.metafile.outputs).find(([path]) => path.endsWith("index.cjs"))?.[1];
  const inputs = Object.entries(output?.inputs ?? {}).map(
    ([path, input]) => [path, input.bytesInOutput] as const,
  );
  return { bytes: output?.bytes ?? 0, inputs: new Map(inputs) };
}

async function packageJson(name: string): Promise<string> {
  const contents = {
    name,
    private: true,
    main: "index.cjs",
    dependencies: { [framework]: await installedVersion() },
  };
  return `${JSON.stringify(contents, null, 2)}\n`;
}

async function installedVersion(): Promise<string> {
  const file = new URL(`../../node_modules/${framework}/package.json`, import.meta.url);
  return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
}
