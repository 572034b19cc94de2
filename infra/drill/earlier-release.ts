import { createHash } from "node:crypto";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { read } from "../deploy/run.ts";

/** Built functions of one commit. */
export interface Release {
  /** As `SENTRY_RELEASE` names it: the commit's abbreviated sha. */
  name: string;
  /** Has a folder for each function. */
  dir: string;
  /** SHA-256 of each function's bundle. */
  bundles: Map<string, string>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Everything that is part of a bundle. */
const SOURCES = ["functions", "shared", "ci-tooling.yaml", ":!*.test.ts"];
/** Changes that are looked at: some change comments only. */
const CANDIDATES = 5;

/**
 * Builds the release before the present one: the last commit whose bundles differ, with its own source and build.
 *
 * @param dir empty directory
 * @throws {ProgramError} without git or the repository's history
 * @throws {Error} if no bundle of the last commits differs
 */
export async function buildEarlierRelease(present: Release, dir: string): Promise<Release> {
  const log = await read("git", ["log", "--format=%H", `-n${CANDIDATES}`, "--", ...SOURCES], { cwd: root });
  for (const change of log.split("\n")) {
    const name = await read("git", ["rev-parse", "--short", `${change}~1`], { cwd: root });
    const release = await buildCommit(name, join(dir, name), [...present.bundles.keys()]);
    if (listChanged(present, release).length > 0) return release;
  }
  throw new Error(`The bundles of the last ${CANDIDATES} commits are those of the present release`);
}

async function buildCommit(name: string, source: string, functions: string[]): Promise<Release> {
  await mkdir(source);
  const archive = join(source, "source.tar");
  await read("git", ["archive", `--output=${archive}`, name], { cwd: root });
  await read("tar", ["-xf", archive, "-C", source]);
  // The dependencies of the present release: a change of versions is not rolled back.
  await symlink(join(root, "node_modules"), join(source, "node_modules"));
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  await read(process.execPath, ["--import", tsx, "infra/build/main.ts"], { cwd: source });
  return readRelease(name, join(source, "dist"), functions);
}

/** @param functions those that are not in the directory are left out */
export async function readRelease(name: string, dir: string, functions: string[]): Promise<Release> {
  const bundles = new Map<string, string>();
  for (const one of functions) {
    const bundle = await readFile(join(dir, one, "index.cjs")).catch(() => undefined);
    if (bundle) bundles.set(one, createHash("sha256").update(bundle).digest("hex"));
  }
  return { name, dir, bundles };
}

/** Functions of both releases whose bundles differ. A rollback leaves those alone that the earlier release does not have. */
export function listChanged(present: Release, earlier: Release): string[] {
  return [...earlier.bundles.keys()].filter(
    (name) => present.bundles.has(name) && present.bundles.get(name) !== earlier.bundles.get(name),
  );
}

/** Name of the release that is checked out. */
export function readPresentName(): Promise<string> {
  return read("git", ["describe", "--always", "--dirty", "--exclude=*"], { cwd: root });
}
