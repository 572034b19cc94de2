import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuiltFunction, buildFunction } from "../../infra/build/build-function.ts";
import { zip } from "../../infra/build/zip.ts";
import type { Manifest } from "../../infra/manifests/manifest.ts";
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

/** More than an empty module that replaces one: infra/build/omit-unused.ts. */
const EMPTY_MODULE_BYTES = 200;

/** Packages and repository folders with code in a function's bundle. */
function contents(name: string): Set<string> {
  const inputs = [...(built.get(name)?.inputs ?? [])];
  const paths = inputs.filter(([, bytes]) => bytes > EMPTY_MODULE_BYTES).map(([path]) => path);
  return new Set(paths.map(partOf));
}

/** `node_modules/@slack/web-api/dist/index.cjs` → `@slack/web-api`, `shared/slack/members.ts` → `shared/slack` */
function partOf(path: string): string {
  const inPackages = path.split("node_modules/").at(-1) ?? "";
  const segments = inPackages.split("/");
  if (inPackages !== path) return segments.slice(0, inPackages.startsWith("@") ? 2 : 1).join("/");
  return segments.slice(0, 2).join("/");
}

/** What a bundle may contain only if the manifest says that the function uses it. */
const clients: { what: string; parts: string[]; isUsed: (manifest: Manifest) => boolean }[] = [
  {
    what: "Postgres",
    parts: ["pg", "drizzle-orm", "shared/database"],
    isUsed: ({ database }) => database,
  },
  {
    what: "BigQuery",
    parts: ["@google-cloud/bigquery", "@google-cloud/common", "shared/bigquery"],
    isUsed: ({ tables = [], queries = [], edits = [], facts = false, views = false }) =>
      [...tables, ...queries, ...edits].length > 0 || facts || views,
  },
  {
    what: "Slack",
    parts: ["@slack/web-api", "shared/slack"],
    isUsed: ({ secrets }) => secrets.includes("SLACK_BOT_USER_ACCESS_TOKEN"),
  },
  {
    what: "GitHub",
    parts: ["@octokit/rest", "@octokit/auth-app"],
    isUsed: ({ secrets }) => secrets.includes("GH_APP_SECRET_KEY"),
  },
  {
    what: "Pub/Sub",
    parts: ["@google-cloud/pubsub", "shared/webhook"],
    isUsed: ({ publishes, replays = false }) => publishes !== undefined || replays,
  },
];

describe.each(clients)("the client of $what", ({ parts, isUsed }) => {
  it.each(functions)("is in the bundle of $name only if its manifest says so", ({ name, manifest }) => {
    const carried = [...contents(name)].filter((part) => parts.includes(part));
    expect(isUsed(manifest) ? [] : carried).toEqual([]);
  });
});

/** Packages that others load and no function uses; infra/build/omit-unused.ts leaves them out. */
const unused = ["web-streams-polyfill", "localforage", "yaml", "express", "undici"];

describe("the bundle of a source function", () => {
  it.each(functions.filter(isSource))("$name has at most 1.5 MB", ({ name }) => {
    expect(built.get(name)?.bytes).toBeLessThanOrEqual(1.5e6);
  });
});

describe("the bundle of a function", () => {
  it.each(functions)("$name contains no package that it does not use", ({ name }) => {
    expect([...contents(name)].filter((part) => unused.includes(part))).toEqual([]);
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
