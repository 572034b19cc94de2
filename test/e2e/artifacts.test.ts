import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuiltFunction, buildFunction } from "../../infra/build/build-function.ts";
import { zip } from "../../infra/build/zip.ts";
import { type FunctionFolder, readFunctions } from "../../infra/manifests/read-functions.ts";

const functions = await readFunctions();
const isSource = ({ manifest }: FunctionFolder) => "http" in manifest.trigger;
const built = new Map<string, BuiltFunction>();
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "artifacts-"));
  for (const folder of functions)
    built.set(folder.name, await buildFunction(folder, pathToFileURL(`${join(dir, folder.name)}/`)));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Packages and repository folders with code in a function's bundle. */
function contents(name: string): Set<string> {
  const paths = [...(built.get(name)?.inputs ?? [])].filter(([, bytes]) => bytes > 0).map(([path]) => path);
  return new Set(paths.map(partOf));
}

/** `node_modules/@slack/web-api/dist/index.cjs` → `@slack/web-api`, `shared/slack/members.ts` → `shared/slack` */
function partOf(path: string): string {
  const inPackages = path.split("node_modules/").at(-1) ?? "";
  const segments = inPackages.split("/");
  if (inPackages !== path) return segments.slice(0, inPackages.startsWith("@") ? 2 : 1).join("/");
  return segments.slice(0, 2).join("/");
}

const POSTGRES = ["pg", "drizzle-orm", "shared/database"];
const BIGQUERY = ["@google-cloud/bigquery", "shared/bigquery"];
const SLACK = ["@slack/web-api", "shared/slack"];
const GITHUB = ["@octokit/rest", "@octokit/auth-app", "shared/github"];

describe("the bundle of a source function", () => {
  it.each(functions.filter(isSource))("$name contains no client that it does not use", ({ name }) => {
    const unused = [...POSTGRES, ...BIGQUERY, ...GITHUB, ...(name === "slack" ? [] : SLACK)];
    expect([...contents(name)].filter((part) => unused.includes(part))).toEqual([]);
  });
});

describe("the bundle of a function", () => {
  it.each(functions)("$name contains Postgres only if its manifest says database", ({ name, manifest }) => {
    const carried = [...contents(name)].filter((part) => POSTGRES.includes(part));
    expect(carried.length > 0).toBe(manifest.database);
  });

  it.each(functions)("$name contains no tests, no emulators and no migrations", ({ name }) => {
    const parts = [...contents(name)];
    expect(parts.filter((part) => /^(infra|test|vitest|@duckdb|@electric-sql)\b/.test(part))).toEqual([]);
    const paths = [...(built.get(name)?.inputs.keys() ?? [])];
    expect(paths.filter((path) => /\.test\.ts$|shared\/database\/migrat/.test(path))).toEqual([]);
  });
});

describe("the archive", () => {
  it("has the same bytes for the same files", () => {
    const files = { "index.cjs": Buffer.from("x".repeat(1000)), "package.json": Buffer.from("{}") };
    expect(zip(files)).toEqual(zip(files));
  });
});
