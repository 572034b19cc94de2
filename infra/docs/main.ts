import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { runMain } from "../cli/run-main.ts";
import { generatedFiles } from "./generated-files.ts";

const usage = `Usage: npm run docs

Writes every generated file: event reference, JSON Schemas, docs/security.md, docs/architecture.svg, LookML views, view layers.`;

await runMain({ usage, options: {} }, async () => {
  // Otherwise Google's client looks for a metadata server and prints a warning.
  process.env.METADATA_SERVER_DETECTION = "none";
  for (const [path, text] of Object.entries(await generatedFiles())) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    console.log(path);
  }
});
