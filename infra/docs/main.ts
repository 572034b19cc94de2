import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { runMain } from "../cli/run-main.ts";
import { generatedFiles } from "./generated-files.ts";

const usage = `Usage: npm run docs

Writes every generated file: event reference, JSON Schemas, docs/security.md, docs/architecture.svg, LookML views, view layers.`;

await runMain({ usage, options: {} }, async () => {
  // The warehouse's client would look for Google's metadata server, and warn that there is none.
  process.env.METADATA_SERVER_DETECTION = "none";
  for (const [path, text] of Object.entries(await generatedFiles())) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    console.log(path);
  }
});
