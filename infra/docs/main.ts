import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { runMain, UsageError } from "../cli/run-main.ts";
import { generatedFiles } from "./generated-files.ts";
import { compareWithRelease, releasedSchemaFiles } from "./released-schemas.ts";

const usage = `Usage: npm run docs [-- --check | --release]

Writes every generated file: event reference, JSON Schemas, docs/security.md, docs/architecture.svg, LookML views, view layers.
  --check     writes nothing; fails if a file is out of date, or an event has changed otherwise than additively since the last release
  --release   also stores the JSON Schemas in docs/events/released: the next release is compared with them`;

const options = { check: { type: "boolean" }, release: { type: "boolean" } } as const;

await runMain({ usage, options }, async ({ values: { check, release } }) => {
  if (check && release) throw new UsageError("--check writes nothing: leave out --release");
  // Otherwise Google's client looks for a metadata server and prints a warning.
  process.env.METADATA_SERVER_DETECTION = "none";
  const files = await generatedFiles();
  if (check || release) await expectAdditiveChanges();
  if (check) return expectCurrent(files);
  for (const [path, text] of Object.entries({ ...files, ...(release && releasedSchemaFiles()) })) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    console.log(path);
  }
});

/** @throws {Error} naming each breaking change */
async function expectAdditiveChanges() {
  const found = Object.entries(await compareWithRelease()).flatMap(([source, changes]) =>
    changes.map((change) => `${source}: ${change}`),
  );
  if (found.length > 0)
    throw new Error(`Consumers of the last release cannot read these events: ${found.join("; ")}. \
Undo it, or increment the version in getDataschema (docs/consuming.md)`);
}

/** @throws {Error} naming each file that is out of date */
async function expectCurrent(files: Record<string, string>) {
  const stale: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    if ((await readFile(path, "utf8").catch(() => "")) !== text) stale.push(path);
  }
  if (stale.length > 0) throw new Error(`Run npm run docs: out of date are ${stale.join(", ")}`);
}
