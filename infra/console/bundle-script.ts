import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { RequestHandler } from "express";

/**
 * Serves a script of the console that imports packages, as one file for the browser. It is bundled for the first request, once per process.
 */
export function bundledScript(entry: URL): RequestHandler {
  let bundled: Promise<string> | undefined;
  return async (_request, response) => {
    bundled ??= bundle(fileURLToPath(entry));
    response
      .type("js")
      .set("Cache-Control", "no-cache")
      .send(await bundled);
  };
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}
